import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { AccountsRepository } from '../../network/accounts.repository.js';
import { InteractionsRepository } from '../../network/interactions.repository.js';
import type { IdPage } from '../../network/paging.js';
import type { MarkKind } from '../../network/relation.entity.js';
import type { Scope } from '../../network/scopes.js';
import { StatusReader } from '../../network/status-reader.js';
import { TimelinesRepository } from '../../network/timelines.repository.js';
import { flag, list, paging, text, whole } from '../input.js';
import { linkPages, pageIn, type PageInput } from '../paged.js';
import { accountJson, statusJson, tagJson } from '../render.js';
import { route, viewerOf, type Call, type MastodonRoute } from '../routing.js';

const Public = z.object({ ...paging(40, 20), only_media: flag.default(false), remote: flag.default(false) });
const Tagged = z.object({ ...Public.shape, any: list(text(100), 10).default([]) });
const Search = z.object({
  q: text(200).default(''),
  type: z.enum(['accounts', 'statuses', 'hashtags']).optional(),
  limit: whole(1, 40).default(20),
  offset: whole(0, 10_000).default(0),
});

/** Timelines, what somebody marked, and search. */
@Injectable()
export class TimelineRoutes {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly timelines: TimelinesRepository,
    private readonly interactions: InteractionsRepository,
    private readonly accounts: AccountsRepository,
    private readonly reader: StatusReader,
  ) {}

  get routes(): MastodonRoute[] {
    const { manager } = this.dataSource;
    return [
      route({
        method: 'GET',
        path: '/api/v1/timelines/home',
        access: { user: 'read:statuses' },
        input: z.object(paging(40, 20)),
        handle: (call) => this.page(call, (page) => this.timelines.home(manager, viewerOf(call), page)),
      }),
      route({
        method: 'GET',
        path: '/api/v1/timelines/public',
        access: { read: 'read:statuses' },
        input: Public,
        handle: (call) =>
          this.page(call, async (page) =>
            // Nobody is elsewhere.
            call.input.remote
              ? []
              : this.timelines.public(manager, viewerOf(call), call.input.only_media, page),
          ),
      }),
      route({
        method: 'GET',
        path: '/api/v1/timelines/tag/:tag',
        access: { read: 'read:statuses' },
        input: Tagged,
        handle: (call) => {
          const tags = [call.params['tag'] ?? '', ...call.input.any].map((tag) => tag.toLowerCase());
          return this.page(call, async (page) =>
            call.input.remote ? [] : this.timelines.tagged(manager, viewerOf(call), tags, page),
          );
        },
      }),
      this.marked('/api/v1/favourites', 'favourite', 'read:favourites'),
      this.marked('/api/v1/bookmarks', 'bookmark', 'read:bookmarks'),
      route({
        method: 'GET',
        path: '/api/v2/search',
        access: { read: 'read:search' },
        input: Search,
        handle: (call) => this.search(call),
      }),
    ];
  }

  private marked(path: string, kind: MarkKind, scope: Scope): MastodonRoute {
    return route({
      method: 'GET',
      path,
      access: { user: scope },
      input: z.object(paging(40, 20)),
      handle: async (call) => {
        const { manager } = this.dataSource;
        const found = await this.interactions.marked(manager, viewerOf(call), kind, pageIn(call.input));
        linkPages(
          call.request,
          call.reply,
          call.places,
          found.map(({ list_id }) => list_id),
        );
        return this.statuses(
          call,
          found.map(({ id }) => id),
        );
      },
    });
  }

  private async page(call: Call<PageInput>, find: (page: IdPage) => Promise<string[]>): Promise<object[]> {
    const ids = await find(pageIn(call.input));
    linkPages(call.request, call.reply, call.places, ids);
    return this.statuses(call, ids);
  }

  private async statuses(call: Call, ids: readonly string[]): Promise<object[]> {
    const found = await this.reader.read(this.dataSource.manager, viewerOf(call), ids);
    return found.map((status) => statusJson(status, call.places));
  }

  private async search(call: Call<z.infer<typeof Search>>): Promise<object> {
    const { manager } = this.dataSource;
    const { q, type, limit, offset } = call.input;
    const wants = (kind: string): boolean => q !== '' && (type === undefined || type === kind);
    const part = { limit, offset };
    const { network, places } = call;
    const accounts = wants('accounts')
      ? await this.accounts.search(manager, network.id, q.replace(/^@/, ''), part)
      : [];
    const statuses = wants('statuses') ? await this.timelines.search(manager, viewerOf(call), q, part) : [];
    const tags = wants('hashtags')
      ? await this.timelines.searchTags(manager, network.id, q.replace(/^#/, ''), part)
      : [];
    return {
      accounts: accounts.map((account) => accountJson(account, places)),
      statuses: await this.statuses(call, statuses),
      hashtags: tags.map((tag) => tagJson(tag, places)),
    };
  }
}
