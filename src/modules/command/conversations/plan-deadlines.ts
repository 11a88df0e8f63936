import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { ConversationHub } from './conversation-hub.js';
import type { OpenQuestion } from './conversation.entity.js';
import { ConversationsRepository } from './conversations.repository.js';
import { say } from './wording.js';

/** Tells conversations that nobody has answered a plan in time. Where the process ends before that, who answers late is told. */
@Injectable()
export class PlanDeadlines implements BeforeApplicationShutdown {
  /** By conversation: each has one question at most. */
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ConversationsRepository,
    private readonly hub: ConversationHub,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(PlanDeadlines.name);
  }

  beforeApplicationShutdown(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** @param milliseconds for how long the plan waits */
  set(conversation: string, question: OpenQuestion, milliseconds: number): void {
    clearTimeout(this.timers.get(conversation));
    const timer = setTimeout(() => {
      this.timers.delete(conversation);
      this.tell(conversation, question, milliseconds).catch((error: unknown) =>
        this.logger.warn(
          { error: (error as Error).message },
          'that a plan is over is told when it is answered',
        ),
      );
    }, milliseconds);
    // Nobody waits for a process because of a question.
    this.timers.set(conversation, timer.unref());
  }

  /** The question stays: a late yes is told that it is late. */
  private async tell(
    conversation: string,
    { id, language }: OpenQuestion,
    milliseconds: number,
  ): Promise<void> {
    const { manager } = this.dataSource;
    if ((await this.repository.openQuestion(manager, conversation)) !== id) return;
    const text = say('unanswered', language, { seconds: String(milliseconds / 1_000) });
    const body = { question_id: id, outcome: 'expired' };
    const kept = await this.repository.append(manager, conversation, [{ type: 'notice', text, body }]);
    if (kept !== undefined) this.hub.tell(conversation, kept.messages);
  }
}
