import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import {
  AdapterError,
  AdapterRegistry,
  type PlatformAdapter,
  type Receipt,
} from '../../integrations/index.js';
import { SCHEDULER } from '../campaigns/campaign.record.js';
import { TokenBuckets } from '../quotas/token-buckets.js';
import { bucketsOf } from '../quotas/publication-buckets.js';
import {
  DeliveryRepository,
  LEASE_SECONDS,
  type HeldPublication,
  type PublicationOutcome,
} from './delivery.repository.js';
import { PublicationRecord } from './publication.record.js';

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
 * adapter by the key, and publishes again with the same key if it knows of nothing.
 */
@Injectable()
export class Publishing {
  private readonly held = new Map<string, HeldPublication>();

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

  /** Publishes a few, those that others left behind first. @returns whether there were any */
  async step(): Promise<boolean> {
    const { manager } = this.dataSource;
    const abandoned = await this.repository.claimAbandoned(manager, CONCURRENCY);
    const due =
      abandoned.length < CONCURRENCY
        ? await this.repository.claimDue(manager, CONCURRENCY - abandoned.length)
        : [];
    const held = [...abandoned, ...due];
    if (held.length === 0) return false;
    for (const each of held) this.held.set(each.id, each);
    const heart = setInterval(() => void this.renew(), (LEASE_SECONDS * 1_000) / 4);
    try {
      await this.settle(await Promise.all(held.map((each) => this.outcomeOf(each))));
    } finally {
      clearInterval(heart);
      this.held.clear();
    }
    return true;
  }

  private async renew(): Promise<void> {
    await this.repository.renew(this.dataSource.manager, [...this.held.values()]).catch((error: unknown) => {
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

  private async outcomeOf(held: HeldPublication): Promise<PublicationOutcome> {
    const about = { id: held.id, token: held.lease_token };
    try {
      const adapter = this.adapters.get(held.adapter);
      const request = {
        account: { agentId: held.agent_id },
        destination: held.destination ?? undefined,
        key: held.id,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      };
      if (held.unknown && adapter.traits.finding) {
        const receipt = await adapter.find(request);
        if (receipt !== undefined) return { ...about, ...outcomeOfReceipt(receipt) };
      }
      return { ...about, ...(await this.publish(adapter, held, request)) };
    } catch (error) {
      return { ...about, ...this.failure(held, error) };
    }
  }

  private async publish(
    adapter: PlatformAdapter,
    held: HeldPublication,
    request: Parameters<PlatformAdapter['find']>[0],
  ): Promise<Omit<PublicationOutcome, 'id' | 'token'>> {
    const buckets = bucketsOf(adapter, held);
    const grant = await this.buckets.reserve(buckets);
    if (!grant.granted)
      return {
        state: held.unknown ? 'publishing' : 'due',
        reason: 'waits for a quota',
        wait: grant.waitMs / 1_000,
        uncounted: true,
      };
    try {
      const receipt = await adapter.publish({ ...request, draftId: held.draft_id ?? '' });
      if (!receipt.created) await this.buckets.giveBack(buckets, grant.at);
      return outcomeOfReceipt(receipt);
    } catch (error) {
      if (!(error instanceof AdapterError) || error.fault === 'unavailable') throw error;
      // Nothing was published: others may have what was reserved.
      await this.buckets.giveBack(buckets, grant.at);
      if (error.fault !== 'rate_limited') throw error;
      const wait = error.retryAfter ?? 60;
      await this.buckets.hold(buckets.slice(0, 1), wait * 1_000);
      return {
        state: held.unknown ? 'publishing' : 'due',
        reason: error.message.slice(0, 1_000),
        wait,
        uncounted: true,
      };
    }
  }

  private failure(held: HeldPublication, error: unknown): Omit<PublicationOutcome, 'id' | 'token'> {
    const message = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
    if (error instanceof AdapterError && !error.isPassing) return { state: 'failed', reason: message };
    this.logger.warn({ err: error, publication: held.id }, 'it is not known what became of a publication');
    if (held.attempts >= ATTEMPTS_MAX)
      return { state: 'failed', reason: `nobody knows what became of it: ${message}` };
    return {
      state: 'publishing',
      reason: message,
      wait: Math.min(BACKOFF_MAX_SECONDS, 2 ** held.attempts),
    };
  }
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
