import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import type { AuditEntry } from './audit-chain.js';
import { AuditService } from './audit.service.js';

/** What is new is in the audit after so long, in milliseconds. */
export const TALLY_FIRST_MS = 5_000;
/** The same again is one record in so long, in milliseconds. */
export const TALLY_AGAIN_MS = 60_000;
/** How often is looked for what is due, in milliseconds. */
const LOOK_MS = 1_000;
/** Kinds of an entry that are counted apart for one key, link or user, and for all strangers together. */
export const TALLY_KINDS = 100;

interface Counted {
  entry: AuditEntry;
  /** Whose noise it would be: see {@link sourceOf}. */
  source: string;
  count: number;
  /** When it is written at the earliest, in milliseconds of the process. */
  due: number;
}

/**
 * What may happen often, and by anybody: a record says how many times it did since the one before. Nobody waits for it, and
 * nobody floods the chain by it.
 */
@Injectable()
export class AuditTally implements BeforeApplicationShutdown {
  private readonly counted = new Map<string, Counted>();
  private readonly kinds = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(AuditTally.name);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.write(() => true);
  }

  /**
   * Counts an entry; `data` gets the `count`. Where its source has too many kinds already, it is counted as one of the others.
   * @returns whether it is told with all that it says
   */
  add(entry: AuditEntry): boolean {
    const source = sourceOf(entry);
    const key = JSON.stringify([source, entry.subject, entry.data]);
    const isNamed = this.counted.has(key) || (this.kinds.get(source) ?? 0) < TALLY_KINDS;
    if (isNamed) this.count(key, source, entry);
    else this.count(JSON.stringify([source, 'others']), source, otherOf(entry));
    this.timer ??= this.next();
    return isNamed;
  }

  private count(key: string, source: string, entry: AuditEntry): void {
    const known = this.counted.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    this.counted.set(key, { entry, source, count: 1, due: performance.now() + TALLY_FIRST_MS });
    this.kinds.set(source, (this.kinds.get(source) ?? 0) + 1);
  }

  private forget(key: string, { source }: Counted): void {
    this.counted.delete(key);
    const left = (this.kinds.get(source) ?? 1) - 1;
    if (left === 0) this.kinds.delete(source);
    else this.kinds.set(source, left);
  }

  private next(): NodeJS.Timeout {
    return setTimeout(() => void this.look(), LOOK_MS).unref();
  }

  private async look(): Promise<void> {
    const now = performance.now();
    await this.write(({ due }) => due <= now);
    this.timer = this.counted.size === 0 ? undefined : this.next();
  }

  /** Writes those that are due, and forgets those that did not happen again. */
  private async write(isDue: (counted: Counted) => boolean): Promise<void> {
    const entries: AuditEntry[] = [];
    for (const [key, counted] of this.counted) {
      if (!isDue(counted)) continue;
      if (counted.count === 0) {
        this.forget(key, counted);
        continue;
      }
      entries.push({ ...counted.entry, data: { ...counted.entry.data, count: counted.count } });
      counted.count = 0;
      counted.due = performance.now() + TALLY_AGAIN_MS;
    }
    if (entries.length === 0) return;
    try {
      await this.dataSource.transaction((manager) => this.audit.append(manager, ...entries));
    } catch (error) {
      this.logger.error({ err: error, records: entries.length }, 'records are not in the audit');
    }
  }
}

/** Strangers are one: they make addresses as they like. Of keys, links and users there are as many as we have made. */
function isOfStranger({ subject }: AuditEntry): boolean {
  return subject.type === 'address';
}

/** Whose kinds are counted together, so that the noise of one hides no mark of another. */
function sourceOf(entry: AuditEntry): string {
  const { action, actor, subject } = entry;
  return JSON.stringify(isOfStranger(entry) ? [action, actor] : [action, actor, subject]);
}

/** What is said of those that are too many: whose key, link or account it was, and no more. */
function otherOf(entry: AuditEntry): AuditEntry {
  const { action, subject } = entry;
  return isOfStranger(entry)
    ? { actor: 'system', action, subject: { type: subject.type, id: 'others' }, data: {} }
    : { ...entry, data: { others: true } };
}
