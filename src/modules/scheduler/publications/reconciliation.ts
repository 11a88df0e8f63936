import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { AdapterRegistry, type PlatformAdapter } from '../../integrations/index.js';
import { SCHEDULER } from '../campaigns/campaign.record.js';
import type { DeliveredPublication } from './direct-publications.repository.js';
import { PublicationRecord } from './publication.record.js';
import { ReconciliationRepository, type Finding } from './reconciliation.repository.js';

const BATCH = 100;
const TIMEOUT_MS = 30_000;

/**
 * Holds publications against their platforms, from time to time: a post that is gone is told, and what nobody knew the end of is
 * found by its key, or told to be nowhere.
 */
@Injectable()
export class Reconciliation {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ReconciliationRepository,
    private readonly adapters: AdapterRegistry,
    private readonly record: PublicationRecord,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Reconciliation.name);
  }

  /** Looks at a few. @returns whether there may be more */
  async step(): Promise<boolean> {
    const { manager } = this.dataSource;
    const [fetching, finding] = [this.adaptersThat('fetching'), this.adaptersThat('finding')];
    const claimed = await this.repository.claim(manager, BATCH, fetching, finding);
    const findings: Finding[] = [];
    for (const each of claimed) {
      const found = await this.lookAt(each).catch((error: unknown) => {
        this.logger.warn({ err: error, publication: each.id }, 'a publication is looked at another time');
        return undefined;
      });
      if (found !== undefined) findings.push(found);
    }
    if (findings.length > 0)
      await this.dataSource.transaction(async (transaction) => {
        const changed = await this.repository.keep(transaction, findings);
        await this.record.changed(transaction, changed, SCHEDULER);
      });
    return claimed.length === BATCH;
  }

  private adaptersThat(can: 'fetching' | 'finding'): string[] {
    return this.adapters.names.filter((name) => this.adapters.get(name).traits[can]);
  }

  /** Undefined: it is as it was. */
  private async lookAt(publication: DeliveredPublication): Promise<Finding | undefined> {
    const adapter = this.adapters.get(publication.adapter);
    const { state } = publication;
    if (state === 'published') return this.lookForPost(adapter, publication);
    if (state === 'failed' && adapter.traits.finding) return this.lookForKey(adapter, publication, state);
    return undefined;
  }

  private async lookForPost(
    adapter: PlatformAdapter,
    publication: DeliveredPublication,
  ): Promise<Finding | undefined> {
    const { id, remote_id, url } = publication;
    if (!adapter.traits.fetching || remote_id === null) return undefined;
    const post = await adapter.fetch({ ...placeOf(publication), target: remote_id });
    if (post !== undefined && post.state !== 'refused') return undefined;
    const elsewhere = adapter.traits.finding
      ? await this.lookForKey(adapter, publication, 'published')
      : undefined;
    if (elsewhere?.state === 'published') return elsewhere;
    const reason = 'it was published, and the platform has it no more';
    return { id, from: 'published', state: 'removed', reason, remote_id, url };
  }

  /** By its idempotency key. */
  private async lookForKey(
    adapter: PlatformAdapter,
    publication: DeliveredPublication,
    from: Finding['from'],
  ): Promise<Finding> {
    const { id, remote_id, url } = publication;
    const receipt = await adapter.find({ ...placeOf(publication), key: id });
    if (receipt?.state === 'published') {
      const found = { state: 'published' as const, reason: 'found on the platform by its key' };
      return { id, from, ...found, remote_id: receipt.remoteId, url: receipt.url };
    }
    const reason = 'the platform was asked again, and has nothing of it';
    return { id, from, state: 'failed', reason, remote_id, url };
  }
}

function placeOf({ agent_id, destination }: DeliveredPublication) {
  return {
    account: { agentId: agent_id },
    destination: destination ?? undefined,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
}
