import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { EventTail, type PublishedEvent } from '../../../core/events/index.js';
import { field } from '../registry/answers.js';
import type { Language } from '../language/words.js';
import { ConversationHub } from './conversation-hub.js';
import { ConversationsRepository } from './conversations.repository.js';
import { say } from './wording.js';

const FINAL: ReadonlySet<unknown> = new Set(['completed', 'failed', 'cancelled']);
const TOPIC = /^jobs\.([\da-f-]{36})$/;
/** Between two tellings of how a job gets on, in milliseconds. */
const PROGRESS_MS = 500;

/** Jobs whose end somebody waits for. The watches are rows: what one process misses, the next client's coming finds. */
@Injectable()
export class JobWatches implements BeforeApplicationShutdown {
  /** Conversations that wait for a job, in this process; when they were told last. */
  private readonly waiting = new Map<string, Map<string, number>>();
  private listening: Promise<{ stop: () => void }> | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ConversationsRepository,
    private readonly hub: ConversationHub,
    private readonly tail: EventTail,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(JobWatches.name);
  }

  async beforeApplicationShutdown(): Promise<void> {
    (await this.listening?.catch(() => undefined))?.stop();
  }

  /**
   * Has the end of a job told in a conversation.
   * @param look reads the job, as who asked may
   */
  async watch(
    conversation: string,
    job: string,
    language: Language,
    look: () => Promise<object>,
  ): Promise<void> {
    await this.repository.watch(this.dataSource.manager, conversation, job, language);
    await this.listen(conversation, job);
    // It may have ended before anybody listened.
    await this.settle(conversation, job, await look());
  }

  /** Goes on with the watches of a conversation that somebody comes back to. @param look reads a job */
  async takeUp(conversation: string, look: (job: string) => Promise<object>): Promise<void> {
    for (const { job_id } of await this.repository.watchesOf(this.dataSource.manager, conversation)) {
      await this.listen(conversation, job_id);
      const job = await look(job_id).catch(() => undefined);
      if (job !== undefined) await this.settle(conversation, job_id, job);
    }
  }

  private async listen(conversation: string, job: string): Promise<void> {
    const those = this.waiting.get(job) ?? new Map<string, number>();
    this.waiting.set(job, those.set(conversation, those.get(conversation) ?? 0));
    this.listening ??= this.tail.listen((event) => this.hear(event));
    try {
      await this.listening;
    } catch (error) {
      this.listening = undefined;
      throw error;
    }
  }

  private hear({ topic, payload }: PublishedEvent): void {
    const job = TOPIC.exec(topic)?.[1];
    const those = job === undefined ? undefined : this.waiting.get(job);
    if (job === undefined || those === undefined) return;
    const now = performance.now();
    for (const [conversation, last] of those) {
      if (FINAL.has(field(payload, 'status'))) {
        this.settle(conversation, job, payload).catch((error: unknown) =>
          this.logger.warn({ error: (error as Error).message }, 'the end of a job is told later'),
        );
      } else if (now - last >= PROGRESS_MS || last === 0) {
        those.set(conversation, now);
        this.hub.tellProgress(conversation, progressOf(job, payload));
      }
    }
  }

  /** Tells of the end of a job, once for all processes. */
  private async settle(conversation: string, job: string, state: object): Promise<void> {
    const status = field(state, 'status');
    if (!FINAL.has(status)) return;
    const those = this.waiting.get(job);
    those?.delete(conversation);
    if (those?.size === 0) this.waiting.delete(job);
    const { manager } = this.dataSource;
    const watch = await this.repository.takeWatch(manager, conversation, job);
    if (watch === undefined) return;
    const values = { job, name: String(field(state, 'name')), status: String(status) };
    const kept = await this.repository.append(manager, conversation, [
      {
        type: 'notice',
        text: say('finished', watch.language, values),
        body: { job_id: job, status, error: field(state, 'error') ?? null },
      },
    ]);
    if (kept !== undefined) this.hub.tell(conversation, kept.messages);
  }
}

function progressOf(
  job: string,
  payload: object,
): { job_id: string; status: string; done: number; total: number | null; note: string | null } {
  return {
    job_id: job,
    status: String(field(payload, 'status')),
    done: Number(field(payload, 'progress', 'done') ?? 0),
    total: (field(payload, 'progress', 'total') as number | null | undefined) ?? null,
    note: (field(payload, 'progress', 'note') as string | null | undefined) ?? null,
  };
}
