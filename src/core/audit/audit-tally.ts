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
/** Kinds of an action that are counted apart; the others of it are one record, whose subject is `others`. */
export const TALLY_KINDS = 200;

interface Counted {
  entry: AuditEntry;
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

  /** Counts an entry; `data` gets the `count`. */
  add(entry: AuditEntry): void {
    const key = JSON.stringify([entry.action, entry.actor, entry.subject, entry.data]);
    const known = this.counted.get(key);
    if (known !== undefined) known.count += 1;
    else if ((this.kinds.get(entry.action) ?? 0) < TALLY_KINDS) this.begin(key, entry);
    else this.addOther(entry);
    this.timer ??= this.next();
  }

  private addOther({ action, subject: { type } }: AuditEntry): void {
    const key = JSON.stringify([action, 'others']);
    const known = this.counted.get(key);
    if (known !== undefined) known.count += 1;
    else this.begin(key, { actor: 'system', action, subject: { type, id: 'others' }, data: {} });
  }

  private begin(key: string, entry: AuditEntry): void {
    this.counted.set(key, { entry, count: 1, due: performance.now() + TALLY_FIRST_MS });
    this.kinds.set(entry.action, (this.kinds.get(entry.action) ?? 0) + 1);
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
        this.counted.delete(key);
        this.kinds.set(counted.entry.action, (this.kinds.get(counted.entry.action) ?? 1) - 1);
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
