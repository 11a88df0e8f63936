import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { RelaySubscription } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { QUEUE_BACKEND, type QueueBackend } from '../../../core/queue/index.js';
import type { ConversationMessage } from './conversation.entity.js';

/** What processes tell each other: where something was said. */
const TOPIC = 'conversations';

/** What is told of a job in between; it is not kept. */
export interface Progress {
  job_id: string;
  status: string;
  done: number;
  total: number | null;
  note: string | null;
}

/** Who takes part in a conversation, in this process. */
export interface Participant {
  /** Messages that were just kept, in order. */
  told(messages: readonly ConversationMessage[]): void;
  /** There are messages that another process has kept. */
  behind(): void;
  progress(progress: Progress): void;
}

/** Carries messages to everybody who takes part in a conversation, in this process and in the others. */
@Injectable()
export class ConversationHub implements BeforeApplicationShutdown {
  private readonly process = randomUUID();
  private readonly participants = new Map<string, Set<Participant>>();
  private subscription: Promise<RelaySubscription> | undefined;

  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(ConversationHub.name);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await (await this.subscription?.catch(() => undefined))?.unsubscribe();
  }

  /** Tells somebody what is said in a conversation from now on. @returns ends that */
  join(conversation: string, participant: Participant): () => void {
    this.subscription ??= this.backend.relay.subscribe(TOPIC, ({ data }) => this.hear(data));
    this.subscription.catch((error: Error) => {
      this.subscription = undefined;
      this.logger.warn({ error: error.message }, 'what other processes say is not heard');
    });
    const others = this.participants.get(conversation) ?? new Set();
    this.participants.set(conversation, others.add(participant));
    return () => {
      others.delete(participant);
      if (others.size === 0) this.participants.delete(conversation);
    };
  }

  /** Tells everybody of messages that are kept. */
  tell(conversation: string, messages: readonly ConversationMessage[]): void {
    for (const each of this.participants.get(conversation) ?? []) each.told(messages);
    this.backend.relay
      .publish(TOPIC, { conversation, process: this.process })
      .catch((error: unknown) =>
        this.logger.warn({ error: (error as Error).message }, 'other processes hear of a message later'),
      );
  }

  /** Tells those of this process how a job gets on. */
  tellProgress(conversation: string, progress: Progress): void {
    for (const each of this.participants.get(conversation) ?? []) each.progress(progress);
  }

  private hear(data: unknown): void {
    const { conversation, process } = (data ?? {}) as { conversation?: string; process?: string };
    if (conversation === undefined || process === this.process) return;
    for (const each of this.participants.get(conversation) ?? []) each.behind();
  }
}
