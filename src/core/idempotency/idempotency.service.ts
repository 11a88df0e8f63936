import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager, type EntitySubscriberInterface } from 'typeorm';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { AnswerLostError, KeyInUseError, KeyReusedError } from './idempotency.errors.js';

/** An answer as it goes out again for the same key. */
export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The key under which the current request is carried out. */
export interface KeyedRequest {
  callerId: string;
  key: string;
  committed: boolean;
}

/** What goes on in one request; empty until its key is claimed. */
export interface RequestScope {
  request?: KeyedRequest;
}

/** How long an answer is kept. */
const KEEP = '24 hours';
/** After this long without an answer, the server that carried the request out is gone. */
const LEASE = '60 seconds';
const SWEEP_MS = 3_600_000;

/**
 * Keeps the promise of `Idempotency-Key`: a request is carried out once and its answer repeated. The first writing
 * transaction of a request marks the key in the same commit, so that a crash before the answer cannot lead to a second effect.
 */
@Injectable()
export class IdempotencyService implements EntitySubscriberInterface, OnModuleInit, OnModuleDestroy {
  readonly scope = new AsyncLocalStorage<RequestScope>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(IdempotencyService.name);
    dataSource.subscribers.push(this);
  }

  onModuleInit(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /**
   * Claims a key for a request.
   * @returns the stored answer when the same request was answered before
   * @throws KeyReusedError, KeyInUseError, AnswerLostError
   */
  async claim(callerId: string, key: string, requestHash: string): Promise<StoredAnswer | undefined> {
    const claimed = await this.dataSource.query<unknown[]>(
      `INSERT INTO idempotency_keys AS k (caller_id, key, request_hash) VALUES ($1, $2, $3)
       ON CONFLICT (caller_id, key) DO UPDATE
         SET request_hash = excluded.request_hash, state = 'running', started_at = now(),
             status = NULL, headers = NULL, body = NULL
         WHERE k.started_at < now() - interval '${KEEP}'
            OR (k.state = 'running' AND k.started_at < now() - interval '${LEASE}'
                AND k.request_hash = excluded.request_hash)
       RETURNING 1`,
      [callerId, key, requestHash],
    );
    if (claimed.length > 0) return undefined;
    const known = await this.dataSource.manager.findOneBy(IdempotencyKey, { caller_id: callerId, key });
    // Released by its request just now: the caller may ask again.
    if (known === null) throw new KeyInUseError();
    if (known.request_hash !== requestHash) throw new KeyReusedError();
    if (known.state === 'answered') return answerOf(known);
    if (known.state === 'committed' && (await this.isAbandoned(known))) throw new AnswerLostError();
    throw new KeyInUseError();
  }

  /** Keeps the answer for the next request with the key. */
  async answer({ callerId, key }: KeyedRequest, { status, headers, body }: StoredAnswer): Promise<void> {
    await this.dataSource.query(
      `UPDATE idempotency_keys SET state = 'answered', status = $3, headers = $4, body = $5
       WHERE caller_id = $1 AND key = $2`,
      [callerId, key, status, JSON.stringify(headers), body],
    );
  }

  /** Lets go of the key of a request that came to nothing. One that had an effect stays. */
  async release({ callerId, key }: KeyedRequest): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM idempotency_keys WHERE caller_id = $1 AND key = $2 AND state = 'running'`,
      [callerId, key],
    );
  }

  /** Called by TypeORM. Reading transactions have no effect and mark nothing. */
  async beforeTransactionCommit({ manager }: { manager: EntityManager }): Promise<void> {
    const request = this.scope.getStore()?.request;
    if (request === undefined || request.committed) return;
    const [, marked] = await manager.query<[unknown[], number]>(
      `UPDATE idempotency_keys SET state = 'committed'
       WHERE caller_id = $1 AND key = $2 AND pg_current_xact_id_if_assigned() IS NOT NULL`,
      [request.callerId, request.key],
    );
    request.committed = marked > 0;
  }

  private async isAbandoned({ caller_id, key }: IdempotencyKey): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM idempotency_keys WHERE caller_id = $1 AND key = $2 AND started_at < now() - interval '${LEASE}'`,
      [caller_id, key],
    );
    return rows.length > 0;
  }

  private async sweep(): Promise<void> {
    try {
      await this.dataSource.query(
        `DELETE FROM idempotency_keys WHERE started_at < now() - interval '${KEEP}'`,
      );
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'old idempotency keys stay for another hour');
    }
  }
}

function answerOf({ status, headers, body }: IdempotencyKey): StoredAnswer {
  return { status: status ?? 200, headers: headers ?? {}, body: body ?? '' };
}
