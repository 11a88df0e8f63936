import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { Caller, Requirement } from '../../../core/http/index.js';

const WRITE_MS = 5_000;
/** Kinds of refusals that wait to be written; whoever finds more is told of by the log. */
const WAITING_MAX = 1_000;

interface Refusal {
  actor: string;
  userId: string;
  requirement: Requirement;
  route: string;
  count: number;
}

/** Tells the audit who was refused what. The same again within seconds is one record with a count: nobody floods the chain. */
@Injectable()
export class Refusals implements BeforeApplicationShutdown {
  private readonly waiting = new Map<string, Refusal>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Refusals.name);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.write();
  }

  add({ id, username }: Caller, requirement: Requirement, route: string): void {
    const key = `${id} ${requirement} ${route}`;
    const known = this.waiting.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.waiting.size < WAITING_MAX)
      this.waiting.set(key, { actor: username, userId: id, requirement, route, count: 1 });
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.write();
    }, WRITE_MS).unref();
  }

  private async write(): Promise<void> {
    const refusals = [...this.waiting.values()];
    this.waiting.clear();
    if (refusals.length === 0) return;
    try {
      await this.dataSource.transaction((manager) =>
        this.audit.append(
          manager,
          ...refusals.map(({ actor, userId, requirement, route, count }) => ({
            actor,
            action: 'access.refuse',
            subject: { type: 'user', id: userId },
            data: { permission: requirement, route, count },
          })),
        ),
      );
    } catch (error) {
      this.logger.error({ err: error, refusals: refusals.length }, 'refusals are not in the audit');
    }
  }
}
