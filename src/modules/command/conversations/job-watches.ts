import type { Client } from '@azt3knet/client';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { EventTail, type PublishedEvent } from '../../../core/events/index.js';
import { field } from '../registry/answers.js';
import { stateText } from '../registry/states.js';
import type { Language } from '../language/words.js';
import type { ConversationWatch } from './conversation.entity.js';
import { ConversationHub } from './conversation-hub.js';
import { ConversationsRepository } from './conversations.repository.js';
import { say } from './wording.js';

const FINAL: ReadonlySet<unknown> = new Set(['completed', 'failed', 'incomplete', 'cancelled', 'deleted']);
/** Between two tellings of how a job gets on, in milliseconds. */
const PROGRESS_MS = 500;

/** What is waited for: a job, or the experiment that it began. */
export type Watched = Pick<ConversationWatch, 'job_id' | 'experiment_id'>;
/** Reads what is waited for, as who asked may. */
type Look = (watched: Watched) => Promise<object>;

/** Reads with a client what is waited for. */
export function lookAs(api: Client): Look {
  return ({ job_id, experiment_id }) =>
    experiment_id === null
      ? api.get('/api/v1/jobs/{id}', { params: { path: { id: job_id } } })
      : api.get('/api/v1/experiments/{id}', { params: { path: { id: experiment_id } } });
}

/** The topic of the events that tell of its end. */
function topicOf({ job_id, experiment_id }: Watched): string {
  return experiment_id === null ? `jobs.${job_id}` : `experiments.${experiment_id}`;
}

interface Waiting {
  readonly watched: Watched;
  /** Conversations, and when they were told last. */
  readonly those: Map<string, number>;
}

/** Jobs and experiments whose end somebody waits for. The watches are rows: what one process misses, the next client's coming finds. */
@Injectable()
export class JobWatches implements BeforeApplicationShutdown {
  /** Who waits in this process, by the topic of what they wait for. */
  private readonly waiting = new Map<string, Waiting>();
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

  /** Has the end of a job, or of the experiment that it began, told in a conversation. */
  async watch(conversation: string, watched: Watched, language: Language, look: Look): Promise<void> {
    await this.repository.watch(this.dataSource.manager, conversation, { ...watched, language });
    await this.listen(conversation, watched);
    // It may have ended before anybody listened.
    await this.settle(conversation, watched, await look(watched));
  }

  /** Goes on with the watches of a conversation that somebody comes back to. */
  async takeUp(conversation: string, look: Look): Promise<void> {
    for (const watched of await this.repository.watchesOf(this.dataSource.manager, conversation)) {
      await this.listen(conversation, watched);
      const state = await look(watched).catch(() => undefined);
      if (state !== undefined) await this.settle(conversation, watched, state);
    }
  }

  private async listen(conversation: string, watched: Watched): Promise<void> {
    const topic = topicOf(watched);
    const waiting = this.waiting.get(topic) ?? { watched, those: new Map<string, number>() };
    this.waiting.set(topic, waiting);
    waiting.those.set(conversation, waiting.those.get(conversation) ?? 0);
    this.listening ??= this.tail.listen((event) => this.hear(event));
    try {
      await this.listening;
    } catch (error) {
      this.listening = undefined;
      throw error;
    }
  }

  private hear({ topic, payload }: PublishedEvent): void {
    const waiting = this.waiting.get(topic);
    if (waiting === undefined) return;
    const { watched, those } = waiting;
    const now = performance.now();
    for (const [conversation, last] of those) {
      if (FINAL.has(field(payload, 'status'))) {
        this.settle(conversation, watched, payload).catch((error: unknown) =>
          this.logger.warn({ error: (error as Error).message }, 'the end of a job is told later'),
        );
      } else if (now - last >= PROGRESS_MS || last === 0) {
        those.set(conversation, now);
        this.hub.tellProgress(conversation, progressOf(watched.job_id, payload));
      }
    }
  }

  /** Tells of an end, once for all processes. */
  private async settle(conversation: string, watched: Watched, state: object): Promise<void> {
    const status = field(state, 'status');
    if (!FINAL.has(status)) return;
    const topic = topicOf(watched);
    const those = this.waiting.get(topic)?.those;
    those?.delete(conversation);
    if (those?.size === 0) this.waiting.delete(topic);
    const { manager } = this.dataSource;
    const { job_id, experiment_id } = watched;
    const watch = await this.repository.takeWatch(manager, conversation, job_id);
    if (watch === undefined) return;
    const known = ['name', 'completed', 'runs'].map((name) => [name, String(field(state, name))]);
    const values = {
      job: job_id,
      status: stateText(status, experiment_id === null ? 'job' : 'experiment', watch.language),
      ...(Object.fromEntries(known) as Record<string, string>),
    };
    const text = say(experiment_id === null ? 'finished' : 'experimentFinished', watch.language, values);
    const error = field(state, 'error') ?? null;
    const kept = await this.repository.append(manager, conversation, [
      {
        type: 'notice',
        text,
        body: { job_id, ...(experiment_id !== null && { experiment_id }), status, error },
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
