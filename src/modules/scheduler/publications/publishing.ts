import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import {
  AdapterError,
  AdapterRegistry,
  TOGETHER_MAX,
  type PlatformAdapter,
  type Receipt,
} from '../../integrations/index.js';
import { SCHEDULER } from '../campaigns/campaign.record.js';
import { TokenBuckets, type Bucket, type Grant } from '../quotas/token-buckets.js';
import { bucketsOf } from '../quotas/publication-buckets.js';
import {
  DeliveryRepository,
  LEASE_SECONDS,
  type HeldPublication,
  type PublicationOutcome,
} from './delivery.repository.js';
import { PublicationRecord } from './publication.record.js';
import { hindranceOf, type Hindrance } from './publication.rules.js';

/** So many at once in one worker. */
const CONCURRENCY = 16;
/** A platform that does not answer for so long is not waited for; the next attempt finds out what became of it. */
const TIMEOUT_MS = 60_000;
/** After so many attempts of which nobody knows the end, it has failed. */
const ATTEMPTS_MAX = 20;
const BACKOFF_MAX_SECONDS = 600;
/** A held post is looked at again after so many seconds. */
const HELD_SECONDS = 60;

/**
 * Publishes what is due, each exactly once. A publication is claimed under a lease token, carried to its adapter with its id as
 * the idempotency key, and its end is kept only under the same token. Where a worker dies in between, the next one asks the
 * adapter by the key, and publishes again with the same key if it knows of nothing. A platform that cannot be asked gets the same
 * key again, which it knows; but not while the agent, the campaign or the guard would let nothing go out: it may never have come.
 */
@Injectable()
export class Publishing {
  private looking: Promise<boolean> | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: DeliveryRepository,
    private readonly adapters: AdapterRegistry,
    private readonly buckets: TokenBuckets,
    private readonly record: PublicationRecord,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Publishing.name);
  }

  /** The adapters, each of which is published by on its own, so that a slow one holds up no other. */
  get names(): readonly string[] {
    return this.adapters.names;
  }

  /** Whether there may be something to publish, by any adapter: one look for all that ask meanwhile. */
  anyWaits(): Promise<boolean> {
    this.looking ??= this.repository.anyWaits(this.dataSource.manager).finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  /** Publishes a few by every adapter. @returns whether there were any */
  async step(): Promise<boolean> {
    const worked = await Promise.all(this.names.map((name) => this.stepOf(name)));
    return worked.includes(true);
  }

  /** Publishes a few by one adapter, those that others left behind first. @returns whether there were any */
  async stepOf(name: string): Promise<boolean> {
    const { manager } = this.dataSource;
    const adapter = this.adapters.get(name);
    const most = adapter.publishAll === undefined ? CONCURRENCY : TOGETHER_MAX;
    const abandoned = await this.repository.claimAbandoned(manager, name, most);
    const due =
      abandoned.length < most ? await this.repository.claimDue(manager, name, most - abandoned.length) : [];
    const held = [...abandoned, ...due];
    if (held.length === 0) return false;
    const heart = setInterval(() => void this.renew(held), (LEASE_SECONDS * 1_000) / 4);
    try {
      const found = await Promise.all(abandoned.map((each) => this.found(adapter, each)));
      const settled = found.filter((outcome) => outcome !== undefined);
      const known = new Set(settled.map(({ id }) => id));
      const left = held.filter(({ id }) => !known.has(id));
      await this.settle([...settled, ...(await this.publishAll(adapter, left))]);
    } finally {
      clearInterval(heart);
    }
    return true;
  }

  private async renew(held: readonly HeldPublication[]): Promise<void> {
    await this.repository.renew(this.dataSource.manager, held).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'a lease could not be renewed');
    });
  }

  private async settle(outcomes: readonly PublicationOutcome[]): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const settled = await this.repository.settle(manager, 'publishing', outcomes);
      // What is due again, or still being published, has not changed for anybody.
      const changed = settled.filter(({ state }) => state !== 'due' && state !== 'publishing');
      await this.record.changed(manager, changed, SCHEDULER);
    });
  }

  /** What becomes of a publication that another attempt had begun; nothing where it is to be sent again. */
  private async found(
    adapter: PlatformAdapter,
    held: HeldPublication,
  ): Promise<PublicationOutcome | undefined> {
    const about = { id: held.id, token: held.lease_token };
    const hindrance = hindranceOf(held);
    if (!adapter.traits.finding) return hindrance && { ...about, ...unresolved(hindrance) };
    try {
      const receipt = await adapter.find(requestOf(held));
      if (receipt !== undefined) return { ...about, ...outcomeOfReceipt(receipt) };
      // It is nowhere: what may not go out any more falls due again, and waits or ends as all that is due. The guard's no is the adapter's to say.
      const waits = held.late || (hindrance !== undefined && hindrance.by !== 'guard');
      return waits ? { ...about, state: 'due', uncounted: true } : undefined;
    } catch (error) {
      return { ...about, ...this.failure(held, error) };
    }
  }

  /** Publishes what its quotas let through. */
  private async publishAll(
    adapter: PlatformAdapter,
    held: readonly HeldPublication[],
  ): Promise<PublicationOutcome[]> {
    if (held.length === 0) return [];
    const buckets = held.map((each) => bucketsOf(adapter, each));
    const grants = await this.buckets.reserveEach(buckets);
    const outcomes: PublicationOutcome[] = [];
    const granted: Granted[] = [];
    for (const [nth, each] of held.entries()) {
      const grant = grants[nth] as Grant;
      if (grant.granted) granted.push({ held: each, buckets: buckets[nth] ?? [], at: grant.at });
      else outcomes.push(waiting(adapter, each, 'waits for a quota', grant.waitMs / 1_000));
    }
    const receipts = await this.receiptsOf(adapter, granted);
    const settled = granted.map((each, nth) => this.outcomeOf(adapter, each, receipts[nth]));
    return [...outcomes, ...(await Promise.all(settled))];
  }

  /** What an adapter says of each: a receipt, or what went wrong. */
  private async receiptsOf(adapter: PlatformAdapter, granted: readonly Granted[]): Promise<unknown[]> {
    const requests = granted.map(({ held }) => ({ ...requestOf(held), draftId: held.draft_id ?? '' }));
    if (adapter.publishAll !== undefined && requests.length > 1) {
      try {
        return await adapter.publishAll(requests);
      } catch (error) {
        // One of them may be the cause: with the same keys, each by itself hinders no other and doubles nothing.
        this.logger.warn({ err: error, adapter: adapter.name }, 'publications are tried one by one');
      }
    }
    return Promise.all(requests.map((request) => adapter.publish(request).catch((error: unknown) => error)));
  }

  private async outcomeOf(
    adapter: PlatformAdapter,
    { held, buckets, at }: Granted,
    answer: unknown,
  ): Promise<PublicationOutcome> {
    const about = { id: held.id, token: held.lease_token };
    try {
      if (!(answer instanceof Error)) {
        const receipt = answer as Receipt;
        if (!receipt.created) await this.buckets.giveBack(buckets, at);
        return { ...about, ...outcomeOfReceipt(receipt) };
      }
      const refused = answer instanceof AdapterError && answer.fault !== 'unavailable';
      // Nothing was published: others may have what was reserved.
      if (refused) await this.buckets.giveBack(buckets, at);
      if (!refused || answer.fault !== 'rate_limited') return { ...about, ...this.failure(held, answer) };
      const wait = answer.retryAfter ?? 60;
      await this.buckets.hold(buckets.slice(0, 1), wait * 1_000);
      return waiting(adapter, held, answer.message.slice(0, 1_000), wait);
    } catch (error) {
      // The buckets could not be reached.
      return { ...about, ...this.failure(held, error) };
    }
  }

  private failure(held: HeldPublication, error: unknown): Omit<PublicationOutcome, 'id' | 'token'> {
    const message = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
    if (error instanceof AdapterError && !error.isPassing) return { state: 'failed', reason: message };
    this.logger.warn({ err: error, publication: held.id }, 'it is not known what became of a publication');
    if (held.attempts >= ATTEMPTS_MAX)
      return { state: 'failed', reason: `nobody knows what became of it: ${message}`, uncertain: true };
    return {
      state: 'publishing',
      reason: message,
      wait: Math.min(BACKOFF_MAX_SECONDS, 2 ** held.attempts),
    };
  }
}

/** A publication whose quotas let it through. */
interface Granted {
  held: HeldPublication;
  buckets: Bucket[];
  /** When, to give its tokens back by. */
  at: number;
}

function requestOf(held: HeldPublication) {
  return {
    account: { agentId: held.agent_id },
    destination: held.destination ?? undefined,
    key: held.id,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
}

/**
 * A publication that is to be tried again after so many seconds, as if nothing had been: it is due, and too late in the end as
 * all that is due; unless it may have arrived and the platform cannot be asked.
 */
function waiting(
  { traits }: PlatformAdapter,
  held: HeldPublication,
  reason: string,
  wait: number,
): PublicationOutcome {
  const state = held.unknown && !traits.finding ? 'publishing' : 'due';
  return { id: held.id, token: held.lease_token, state, reason, wait, uncounted: true };
}

/** A publication that may have arrived, cannot be asked for, and may not be sent again. */
function unresolved({ reason, lasting }: Hindrance): Omit<PublicationOutcome, 'id' | 'token'> {
  const nobody = 'nobody knows what became of it: no answer came';
  if (lasting)
    return { state: 'failed', reason: `${nobody}, and it is not sent again: ${reason}`, uncertain: true };
  return {
    state: 'publishing',
    reason: `${nobody}, and it waits to be sent again: ${reason}`,
    wait: HELD_SECONDS,
    uncounted: true,
  };
}

function outcomeOfReceipt({ state, remoteId, url }: Receipt): Omit<PublicationOutcome, 'id' | 'token'> {
  if (state === 'published') return { state, remote_id: remoteId, url };
  return {
    state: 'publishing',
    remote_id: remoteId,
    url,
    reason: 'the platform holds it until a person has decided',
    wait: HELD_SECONDS,
    uncounted: true,
  };
}
