import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { AppError } from '../../../core/errors/index.js';
import { AgentsService } from '../../agents/index.js';
import { ComplianceService, mayPass } from '../../compliance/index.js';
import { NetworkError, PostRefusedError } from '../integrations.errors.js';
import type { NetworkAccount } from './account.entity.js';
import { AccountsRepository, type AccountSort } from './accounts.repository.js';
import type { Network } from './network.entity.js';
import { isNetworkId } from './paging.js';

export const NAME_MAX = 100;
export const NOTE_MAX = 1_000;

/** Makes accounts for agents and users, and finds them. */
@Injectable()
export class AccountsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: AccountsRepository,
    private readonly agents: AgentsService,
    private readonly compliance: ComplianceService,
  ) {}

  /** @throws NetworkError `account_not_found` */
  async get(network: Network, id: string): Promise<NetworkAccount> {
    const account = isNetworkId(id)
      ? await this.repository.byId(this.dataSource.manager, network.id, id)
      : undefined;
    if (account === undefined) throw NetworkError.notFound('account', id);
    return account;
  }

  /**
   * The account of an agent by its id, its name, or the agent, who is given one.
   * @throws NetworkError `account_not_found`; that a person's account is for nobody else
   */
  async played(network: Network, reference: string): Promise<NetworkAccount> {
    if (AGENT_ID.test(reference)) return this.ofAgent(network, reference);
    const account = await this.named(network, reference);
    if (account.user_id === null) return account;
    throw NetworkError.forbidden(`@${account.username} is a user, who signs in; name an agent's account`);
  }

  /** @throws InvalidCursor */
  list(
    network: Network,
    q: string | undefined,
    request: PageRequest<AccountSort>,
  ): Promise<Page<NetworkAccount>> {
    return this.repository.page(this.dataSource.manager, { network: network.id, q }, request);
  }

  /** The account of a user, made when there is none. @throws PostRefusedError when the guard does not let the name through */
  async ofUser(network: Network, user: { id: string; username: string }): Promise<NetworkAccount> {
    const { manager } = this.dataSource;
    const there = await this.repository.byHolder(manager, network.id, { user: user.id });
    if (there !== undefined) return there;
    const texts = { display_name: user.username, note: 'A user of this installation.' };
    return this.make(network, { user: user.id }, user.username, async (transaction) => ({
      ...texts,
      decision_id: await this.decide(transaction, { id: `${network.id}/${user.id}` }, texts, user.username),
    }));
  }

  /** The account of an agent, made when there is none. @throws AgentNotFound */
  async ofAgent(network: Network, agentId: string): Promise<NetworkAccount> {
    const { manager } = this.dataSource;
    const there = await this.repository.byHolder(manager, network.id, { agent: agentId });
    if (there !== undefined) return there;
    const { profile, population_id } = await this.agents.agent(agentId);
    const population = await this.agents.population(population_id);
    const name = /^\.|\.$/.test(profile.username_hint)
      ? profile.username_hint.replaceAll('.', '_')
      : profile.username_hint;
    return this.make(network, { agent: agentId }, name, async () => ({
      display_name: profile.name,
      note: profile.bio,
      // The guard has read the profile with its population.
      decision_id: population.decision_id,
    }));
  }

  /**
   * The accounts of agents, made where there are none, by the agents; for an agent who cannot have one the error.
   * @throws what nobody has foreseen
   */
  async ofAgents(
    network: Network,
    agentIds: readonly string[],
  ): Promise<Map<string, NetworkAccount | AppError>> {
    const { manager } = this.dataSource;
    const accounts = new Map<string, NetworkAccount | AppError>();
    for (const account of await this.repository.ofAgents(manager, network.id, agentIds))
      if (account.agent_id !== null) accounts.set(account.agent_id, account);
    for (const agentId of agentIds)
      if (!accounts.has(agentId)) {
        const made = await this.ofAgent(network, agentId).catch((error: unknown) => {
          if (error instanceof AppError) return error;
          throw error;
        });
        accounts.set(agentId, made);
      }
    return accounts;
  }

  /** Changes the texts of an account. @throws PostRefusedError when the guard does not let them through */
  async update(
    account: NetworkAccount,
    changes: { display_name?: string | undefined; note?: string | undefined },
    actor: string,
  ): Promise<NetworkAccount> {
    const texts = {
      display_name: changes.display_name ?? account.display_name,
      note: changes.note ?? account.note,
    };
    if (texts.display_name.length > NAME_MAX)
      throw NetworkError.field('display_name', `must have at most ${NAME_MAX} characters`);
    if (texts.note.length > NOTE_MAX)
      throw NetworkError.field('note', `must have at most ${NOTE_MAX} characters`);
    const subject = {
      id: `${account.network_id}/${account.id}`,
      ...(account.agent_id !== null && { agentId: account.agent_id }),
    };
    const decided = await this.dataSource.transaction(async (manager) => {
      try {
        const decision_id = await this.decide(manager, subject, texts, actor);
        const changed = Object.assign({}, account, texts, { decision_id });
        await this.repository.update(manager, changed);
        return changed;
      } catch (error) {
        // The decision is kept, whatever it says.
        if (error instanceof PostRefusedError) return error;
        throw error;
      }
    });
    if (decided instanceof PostRefusedError) throw decided;
    return decided;
  }

  private async named(network: Network, reference: string): Promise<NetworkAccount> {
    if (isNetworkId(reference)) return this.get(network, reference);
    const name = reference.replace(/^@/, '');
    const account = await this.repository.byUsername(this.dataSource.manager, network.id, name);
    if (account === undefined) throw NetworkError.notFound('account', reference);
    return account;
  }

  private async decide(
    manager: EntityManager,
    subject: { id: string; agentId?: string },
    texts: { display_name: string; note: string },
    actor: string,
  ): Promise<string> {
    const fields = Object.entries(texts).map(([field, text]) => ({ field, text }));
    const decision = await this.compliance.decide(
      manager,
      { type: 'network_account', ...subject },
      fields,
      actor,
    );
    if (!mayPass(decision.action)) throw new PostRefusedError(decision.reasons ?? '', decision.id);
    return decision.id;
  }

  /** Adds an account by a name, or by one with more to it where another has that. */
  private async make(
    network: Network,
    holder: { agent: string } | { user: string },
    name: string,
    texts: (manager: EntityManager) => Promise<Pick<NetworkAccount, 'display_name' | 'note' | 'decision_id'>>,
  ): Promise<NetworkAccount> {
    const plain = usernameOf(name);
    const id = 'agent' in holder ? holder.agent : holder.user;
    return this.dataSource.transaction(async (manager) => {
      const written = await texts(manager);
      for (const username of [plain, `${plain}_${id.slice(0, 6)}`]) {
        const account = await this.repository.insert(manager, {
          network_id: network.id,
          username,
          ...written,
          agent_id: 'agent' in holder ? holder.agent : null,
          user_id: 'user' in holder ? holder.user : null,
        });
        // Where another process was faster, it is there now.
        const made = account ?? (await this.repository.byHolder(manager, network.id, holder));
        if (made !== undefined) return made;
      }
      throw new NetworkError('conflict', 'username_taken', `the names ${plain} of this network are taken`);
    });
  }
}

const AGENT_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A name as clients find it in a text: letters, digits and underscores, dots and dashes within. */
function usernameOf(name: string): string {
  const cleaned = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.-]/g, '_')
    .slice(0, 30);
  const bare = cleaned.replaceAll(/[.-](?=[.-]|$)/g, '_').replace(/^[.-]/, '_');
  return bare === '' ? 'user' : bare;
}
