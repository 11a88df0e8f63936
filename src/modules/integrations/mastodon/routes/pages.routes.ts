import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { NetworkError } from '../../integrations.errors.js';
import type { NetworkAccount } from '../../network/account.entity.js';
import { AccountsRepository } from '../../network/accounts.repository.js';
import { isNetworkId } from '../../network/paging.js';
import { StatusReader } from '../../network/status-reader.js';
import { TimelinesRepository } from '../../network/timelines.repository.js';
import { NOTHING } from '../input.js';
import { accountPage, PAGE_HEADERS, statusPage } from '../public-pages.js';
import { route, type Call, type MastodonRoute } from '../routing.js';

/** Posts on the page of an account. */
const POSTS = 20;

/** What the URLs of posts and accounts show in a browser: what everybody may see, to whom the network lets read. */
@Injectable()
export class PageRoutes {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsRepository,
    private readonly timelines: TimelinesRepository,
    private readonly reader: StatusReader,
  ) {}

  get routes(): MastodonRoute[] {
    return [
      route({
        method: 'GET',
        path: '/@:name',
        access: { read: 'read:statuses' },
        page: true,
        input: NOTHING,
        handle: async (call) => send(call, await this.account(call)),
      }),
      route({
        method: 'GET',
        path: '/@:name/:id',
        access: { read: 'read:statuses' },
        page: true,
        input: NOTHING,
        handle: async (call) => send(call, await this.status(call)),
      }),
    ];
  }

  private async account(call: Call): Promise<string> {
    const { manager } = this.dataSource;
    const account = await this.named(call);
    const viewer = nobodyOn(call);
    const wanted = { account: account.id, onlyMedia: false, withoutReplies: true, withoutBoosts: true };
    const ids = await this.timelines.ofAccount(manager, viewer, wanted, { limit: POSTS });
    return accountPage(call.network, account, await this.reader.read(manager, viewer, ids), call.places);
  }

  private async status(call: Call): Promise<string> {
    const { manager } = this.dataSource;
    const id = call.params['id'] ?? '';
    const account = await this.named(call);
    const found = isNetworkId(id) ? await this.reader.visible(manager, nobodyOn(call), [id]) : [];
    const status = found.find(({ account_id }) => account_id === account.id);
    if (status === undefined) throw NetworkError.notFound('post', id);
    return statusPage(call.network, status, call.places);
  }

  private async named({ network, params }: Call): Promise<NetworkAccount> {
    const name = params['name'] ?? '';
    const account = await this.accounts.byUsername(this.dataSource.manager, network.id, name);
    if (account === undefined) throw NetworkError.notFound('account', name);
    return account;
  }
}

/** Pages show nobody more than what is public, whoever opens them. */
function nobodyOn({ network }: Call) {
  return { network: network.id, account: null };
}

function send({ reply }: Call, html: string): unknown {
  return reply.headers(PAGE_HEADERS).send(html);
}
