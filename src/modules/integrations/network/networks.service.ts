import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { BlobStore } from '../../../core/blobs/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { ComplianceService, mayPass } from '../../compliance/index.js';
import { NetworkError, PostRefusedError } from '../integrations.errors.js';
import type { Network } from './network.entity.js';
import {
  NetworksRepository,
  type NetworkCounts,
  type NetworkSort,
  type NewNetwork,
} from './networks.repository.js';

/** The network that is there from the start, for the living. */
export const MAIN_NETWORK = 'main';

/** Makes networks and finds them. */
@Injectable()
export class NetworksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: NetworksRepository,
    private readonly compliance: ComplianceService,
    private readonly audit: AuditService,
    private readonly blobs: BlobStore,
  ) {}

  find(name: string): Promise<Network | undefined> {
    return this.repository.byName(this.dataSource.manager, name);
  }

  byId(id: number): Promise<Network | undefined> {
    return this.repository.byId(this.dataSource.manager, id);
  }

  /** @throws NetworkError `network_not_found` */
  async get(name: string): Promise<Network> {
    const network = await this.find(name);
    if (network === undefined) throw NetworkError.notFound('network', name);
    return network;
  }

  counts(network: Network): Promise<NetworkCounts> {
    return this.repository.counts(this.dataSource.manager, network.id);
  }

  /** @throws InvalidCursor */
  list(request: PageRequest<NetworkSort>): Promise<Page<Network>> {
    return this.repository.page(this.dataSource.manager, request);
  }

  /** Adds an empty network. @throws NetworkError `network_exists`; PostRefusedError when the guard refuses its title */
  async create(
    { name, title, open }: Pick<NewNetwork, 'name' | 'title' | 'open'>,
    actor: string,
  ): Promise<Network> {
    const made = await this.dataSource.transaction(async (manager) => {
      const subject = { type: 'network', id: name };
      const decision = await this.compliance.decide(
        manager,
        subject,
        [
          { field: 'name', text: name },
          { field: 'title', text: title },
        ],
        actor,
      );
      // The decision is kept, whatever it says.
      if (!mayPass(decision.action)) return new PostRefusedError(decision.reasons ?? '', decision.id);
      const decided = { decision_id: decision.id, run_id: null, tick: null, created_by: actor };
      return this.insert(manager, { name, title, open, ...decided });
    });
    if (made instanceof PostRefusedError) throw made;
    return made;
  }

  /** Adds a network in the manager's transaction. @throws NetworkError `network_exists` */
  async insert(manager: EntityManager, network: NewNetwork): Promise<Network> {
    const made = await this.repository.insert(manager, network);
    const { name, created_by, run_id, tick } = network;
    if (made === undefined)
      throw new NetworkError('conflict', 'network_exists', `there is a network ${name}`);
    await this.audit.append(manager, {
      actor: created_by,
      action: 'network.create',
      subject: { type: 'network', id: name },
      data: { open: network.open, run_id, tick },
    });
    return made;
  }

  /** Deletes a network with all that is on it. @throws NetworkError `network_not_found`; that `main` stays */
  async delete(name: string, actor: string): Promise<void> {
    if (name === MAIN_NETWORK)
      throw new NetworkError('conflict', 'network_needed', `the network ${MAIN_NETWORK} stays`);
    const keys = await this.dataSource.transaction(async (manager) => {
      await this.audit.take(manager);
      const network = await this.repository.byName(manager, name);
      if (network === undefined) throw NetworkError.notFound('network', name);
      const blobs = await this.repository.blobs(manager, network.id);
      await this.repository.delete(manager, network.id);
      await this.audit.append(manager, {
        actor,
        action: 'network.delete',
        subject: { type: 'network', id: name },
        data: { run_id: network.run_id },
      });
      return blobs;
    });
    await Promise.allSettled(keys.map((key) => this.blobs.delete(key)));
  }
}
