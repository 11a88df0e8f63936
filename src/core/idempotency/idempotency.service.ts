import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Optional, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager, type EntitySubscriberInterface } from 'typeorm';
import { SealBrokenError, sealContext, Sealing } from '../secrets/index.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { AnswerLostError, KeyInUseError, KeyLostError, KeyReusedError } from './idempotency.errors.js';

/** An answer as it goes out again for the same key. */
export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A key, and whose it is: others may have the same. */
export interface KeyName {
  callerId: string;
  /** What the caller shows: of one user, a key that may do less learns nothing of what another did. */
  credential: string;
  key: string;
}

/** The key under which the current request is carried out. */
export interface KeyedRequest extends KeyName {
  /** Of this attempt; another one that takes the key over has an id of its own. */
  claimId: string;
  committed: boolean;
}

/** What goes on in one request; empty until its key is claimed. */
export interface RequestScope {
  request?: KeyedRequest;
}

/** How long an answer is kept. */
const KEEP = '24 hours';
/** After this long without a word of it, the process that carried the request out is gone. */
const LEASE_MS = 60_000;
const RENEWALS_A_LEASE = 4;
const SWEEP_MS = 3_600_000;

/**
 * Keeps the promise of `Idempotency-Key`: a request is carried out once and its answer repeated. The first writing
 * transaction of a request marks the key in the same commit, so that a crash before the answer cannot lead to a second effect.
 * While a request goes on, its process renews the lease on its key; only a key that nobody renews is taken over.
 */
@Injectable()
export class IdempotencyService implements EntitySubscriberInterface, OnModuleInit, OnApplicationShutdown {
  readonly scope = new AsyncLocalStorage<RequestScope>();
  private timers: NodeJS.Timeout[] = [];
  private readonly held = new Set<KeyedRequest>();

  /** @param leaseMs how long a key is kept for a process that does not renew it */
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly logger: PinoLogger,
    private readonly sealing: Sealing,
    @Optional() private readonly leaseMs: number = LEASE_MS,
  ) {
    logger.setContext(IdempotencyService.name);
    dataSource.subscribers.push(this);
  }

  onModuleInit(): void {
    this.timers = [
      setInterval(() => void this.sweep(), SWEEP_MS).unref(),
      setInterval(() => void this.renew(), this.leaseMs / RENEWALS_A_LEASE).unref(),
    ];
  }

  /** The last thing of a shutdown: the requests that it waited for have ended. */
  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  /**
   * Claims a key for the request of this scope.
   * @returns the stored answer when the same request was answered before
   * @throws KeyReusedError, KeyInUseError, AnswerLostError
   */
  async claim(name: KeyName, requestHash: string): Promise<StoredAnswer | undefined> {
    const { callerId, credential, key } = name;
    const [claimed] = await this.dataSource.query<{ claim_id: string }[]>(
      `INSERT INTO idempotency_keys AS k (caller_id, credential, key, request_hash, claim_id)
       VALUES ($1, $2, $3, $4, gen_random_uuid())
       ON CONFLICT (caller_id, credential, key) DO UPDATE
         SET request_hash = excluded.request_hash, state = 'running', started_at = now(), renewed_at = now(),
             claim_id = excluded.claim_id, status = NULL, headers = NULL, body = NULL
         WHERE (k.started_at < now() - interval '${KEEP}' AND ${abandoned('$5')})
            OR (k.state = 'running' AND ${abandoned('$5')} AND k.request_hash = excluded.request_hash)
       RETURNING claim_id`,
      [callerId, credential, key, requestHash, this.leaseMs],
    );
    if (claimed !== undefined) {
      this.hold({ ...name, claimId: claimed.claim_id, committed: false });
      return undefined;
    }
    const known = await this.dataSource.manager.findOneBy(IdempotencyKey, {
      caller_id: callerId,
      credential,
      key,
    });
    // Released by its request just now: the caller may ask again.
    if (known === null) throw new KeyInUseError();
    if (known.request_hash !== requestHash) throw new KeyReusedError();
    if (known.state === 'answered') return this.answerOf(known);
    if (known.state === 'committed' && (await this.isAbandoned(known))) throw new AnswerLostError();
    throw new KeyInUseError();
  }

  /** Keeps the answer for the next request with the key. */
  async answer(request: KeyedRequest, { status, headers, body }: StoredAnswer): Promise<void> {
    this.held.delete(request);
    await this.dataSource.query(
      `UPDATE idempotency_keys SET state = 'answered', status = $5, headers = $6, body = $7
       WHERE ${OF_CLAIM}`,
      // An answer may tell a secret, which is kept nowhere else.
      [...claimOf(request), status, JSON.stringify(headers), this.sealing.seal(body, contextOf(request))],
    );
  }

  /** Lets go of the key of a request that came to nothing. One that had an effect stays. */
  async release(request: KeyedRequest): Promise<void> {
    this.held.delete(request);
    await this.dataSource.query(
      `DELETE FROM idempotency_keys WHERE ${OF_CLAIM} AND state = 'running'`,
      claimOf(request),
    );
  }

  /**
   * Called by TypeORM. Reading transactions have no effect and mark nothing.
   * @throws KeyLostError which undoes the transaction
   */
  async beforeTransactionCommit({ manager }: { manager: EntityManager }): Promise<void> {
    const request = this.scope.getStore()?.request;
    if (request === undefined || request.committed) return;
    const [transaction] = await manager.query<{ writes: boolean }[]>(
      'SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS writes',
    );
    if (transaction?.writes !== true) return;
    const [, marked] = await manager.query<[unknown[], number]>(
      `UPDATE idempotency_keys SET state = 'committed' WHERE ${OF_CLAIM}`,
      claimOf(request),
    );
    if (marked === 0) throw new KeyLostError();
    request.committed = true;
  }

  /** @throws AnswerLostError when it was sealed with a key that is gone */
  private answerOf({ caller_id, credential, key, status, headers, body }: IdempotencyKey): StoredAnswer {
    try {
      const context = contextOf({ callerId: caller_id, credential, key });
      const opened = body === null ? '' : this.sealing.open(body, context);
      return { status: status ?? 200, headers: headers ?? {}, body: opened };
    } catch (error) {
      throw error instanceof SealBrokenError ? new AnswerLostError() : error;
    }
  }

  private hold(request: KeyedRequest): void {
    const scope = this.scope.getStore();
    if (scope === undefined) throw new Error('a key is claimed within the scope of its request');
    scope.request = request;
    this.held.add(request);
  }

  private async isAbandoned({ caller_id, credential, key }: IdempotencyKey): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM idempotency_keys AS k WHERE caller_id = $1 AND credential = $2 AND key = $3 AND ${abandoned('$4')}`,
      [caller_id, credential, key, this.leaseMs],
    );
    return rows.length > 0;
  }

  private async renew(): Promise<void> {
    if (this.held.size === 0) return;
    const held = [...this.held];
    try {
      await this.dataSource.query(
        `UPDATE idempotency_keys AS k SET renewed_at = now()
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) AS held (caller_id, credential, key, claim_id)
         WHERE (k.caller_id, k.credential, k.key, k.claim_id) = (held.caller_id, held.credential, held.key, held.claim_id)`,
        [
          held.map((one) => one.callerId),
          held.map((one) => one.credential),
          held.map((one) => one.key),
          held.map((one) => one.claimId),
        ],
      );
    } catch (error) {
      this.logger.warn(
        { error: (error as Error).message },
        'idempotency keys are renewed with the next turn',
      );
    }
  }

  private async sweep(): Promise<void> {
    try {
      await this.dataSource.query(
        `DELETE FROM idempotency_keys AS k WHERE started_at < now() - interval '${KEEP}' AND ${abandoned('$1')}`,
        [this.leaseMs],
      );
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'old idempotency keys stay for another hour');
    }
  }
}

/** @param lease the parameter with the milliseconds of a lease */
function abandoned(lease: string): string {
  return `k.renewed_at < now() - make_interval(secs => ${lease}::float8 / 1000)`;
}

/** The row of an attempt, by the parameters of {@link claimOf}. */
const OF_CLAIM = 'caller_id = $1 AND credential = $2 AND key = $3 AND claim_id = $4';

function claimOf({ callerId, credential, key, claimId }: KeyedRequest): string[] {
  return [callerId, credential, key, claimId];
}

function contextOf({ callerId, credential, key }: KeyName): string {
  return sealContext('idempotency_keys', 'body', `${callerId}:${credential}:${key}`);
}
