import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { NetworkError } from '../../integrations.errors.js';
import { AccountsRepository } from '../../network/accounts.repository.js';
import { AccountsService } from '../../network/accounts.service.js';
import { StatusReader } from '../../network/status-reader.js';
import { TimelinesRepository } from '../../network/timelines.repository.js';
import { flag, list, networkId, NOTHING, paging, text, whole } from '../input.js';
import { linkPages, pageIn } from '../paged.js';
import { accountJson, ownAccountJson, statusJson } from '../render.js';
import { actorOf, route, viewerOf, type Call, type MastodonRoute } from '../routing.js';

const Posts = z.object({
  ...paging(40, 20),
  only_media: flag.default(false),
  exclude_replies: flag.default(false),
  exclude_reblogs: flag.default(false),
  pinned: flag.default(false),
  tagged: text(100).optional(),
});

const Changes = z.object({
  display_name: text(200)
    .pipe(z.string().regex(/^[^<>]*$/, 'must have no < or >'))
    .optional(),
  note: text(5_000).optional(),
});

const Directory = z.object({
  order: z.enum(['active', 'new']).default('active'),
  limit: whole(1, 80).default(40),
  offset: whole(0, 10_000).default(0),
});

/** Accounts: their profiles and posts. */
@Injectable()
export class AccountRoutes {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsService,
    private readonly repository: AccountsRepository,
    private readonly timelines: TimelinesRepository,
    private readonly reader: StatusReader,
  ) {}

  get routes(): MastodonRoute[] {
    return [...this.own(), ...this.reading()];
  }

  private own(): MastodonRoute[] {
    return [
      route({
        method: 'GET',
        path: '/api/v1/accounts/verify_credentials',
        access: { user: 'profile' },
        input: NOTHING,
        handle: (call) => ownAccountJson(actorOf(call).account, call.places),
      }),
      route({
        method: 'PATCH',
        path: '/api/v1/accounts/update_credentials',
        access: { user: 'write:accounts' },
        input: Changes,
        handle: async (call) => {
          const actor = call.session?.actor ?? '';
          const account = await this.accounts.update(actorOf(call).account, call.input, actor);
          return ownAccountJson(account, call.places);
        },
      }),
    ];
  }

  private reading(): MastodonRoute[] {
    return [
      route({
        method: 'GET',
        path: '/api/v1/accounts/lookup',
        access: { read: 'read:accounts' },
        input: z.object({ acct: text(200) }),
        handle: async (call) => {
          const name = call.input.acct.replace(/^@/, '').split('@', 1)[0] ?? '';
          const { manager } = this.dataSource;
          const account = await this.repository.byUsername(manager, call.network.id, name);
          if (account === undefined) throw NetworkError.notFound('account', call.input.acct);
          return accountJson(account, call.places);
        },
      }),
      route({
        method: 'GET',
        path: '/api/v1/accounts/search',
        access: { read: 'read:accounts' },
        input: z.object({
          q: text(200),
          limit: whole(1, 80).default(40),
          offset: whole(0, 10_000).default(0),
        }),
        handle: async (call) => {
          const { manager } = this.dataSource;
          const found = await this.repository.search(
            manager,
            call.network.id,
            call.input.q.replace(/^@/, ''),
            call.input,
          );
          return found.map((account) => accountJson(account, call.places));
        },
      }),
      route({
        method: 'GET',
        path: '/api/v1/directory',
        access: { read: 'read:accounts' },
        input: Directory,
        handle: async ({ network, input, places }) => {
          const found = await this.repository.directory(this.dataSource.manager, network.id, input);
          return found.map((account) => accountJson(account, places));
        },
      }),
      route({
        method: 'GET',
        path: '/api/v1/accounts',
        access: { read: 'read:accounts' },
        input: z.object({ id: list(networkId, 80).default([]) }),
        handle: async (call) => {
          const found = await this.repository.all(this.dataSource.manager, call.network.id, call.input.id);
          return found.map((account) => accountJson(account, call.places));
        },
      }),
      route({
        method: 'GET',
        path: '/api/v1/accounts/:id',
        access: { read: 'read:accounts' },
        input: NOTHING,
        handle: async (call) => accountJson(await this.account(call), call.places),
      }),
      route({
        method: 'GET',
        path: '/api/v1/accounts/:id/statuses',
        access: { read: 'read:statuses' },
        input: Posts,
        handle: (call) => this.posts(call),
      }),
    ];
  }

  private async posts(call: Call<z.infer<typeof Posts>>): Promise<object[]> {
    const { input } = call;
    const { id } = await this.account(call);
    // Nothing is pinned here.
    if (input.pinned) return [];
    const { manager } = this.dataSource;
    const viewer = viewerOf(call);
    const wanted = {
      account: id,
      onlyMedia: input.only_media,
      withoutReplies: input.exclude_replies,
      withoutBoosts: input.exclude_reblogs,
      tag: input.tagged?.toLowerCase(),
    };
    const ids = await this.timelines.ofAccount(manager, viewer, wanted, pageIn(input));
    linkPages(call.request, call.reply, call.places, ids);
    const found = await this.reader.read(manager, viewer, ids);
    return found.map((status) => statusJson(status, call.places));
  }

  private account({ network, params }: Call) {
    return this.accounts.get(network, params['id'] ?? '');
  }
}
