import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { AccountsService } from '../../network/accounts.service.js';
import type { RelationKind } from '../../network/relation.entity.js';
import { RelationsRepository, type Relationship } from '../../network/relations.repository.js';
import { RelationsService } from '../../network/relations.service.js';
import type { Scope } from '../../network/scopes.js';
import { flag, list, networkId, NOTHING, paging, whole } from '../input.js';
import { linkPages, pageIn, type PageInput } from '../paged.js';
import { accountJson, relationshipJson } from '../render.js';
import { actorOf, route, type Call, type MastodonRoute } from '../routing.js';

/** What accounts are to each other. */
@Injectable()
export class RelationRoutes {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsService,
    private readonly relations: RelationsService,
    private readonly relationList: RelationsRepository,
  ) {}

  get routes(): MastodonRoute[] {
    return [
      route({
        method: 'GET',
        path: '/api/v1/accounts/relationships',
        access: { user: 'read:follows' },
        input: z.object({ id: list(networkId, 80).default([]) }),
        handle: async (call) => {
          const { network, account } = actorOf(call);
          const found = await this.relationList.relationships(
            this.dataSource.manager,
            network.id,
            account.id,
            call.input.id,
          );
          return found.map(relationshipJson);
        },
      }),
      this.related('/api/v1/accounts/:id/followers', 'from'),
      this.related('/api/v1/accounts/:id/following', 'to'),
      this.listed('/api/v1/blocks', 'block', 'read:blocks'),
      this.listed('/api/v1/mutes', 'mute', 'read:mutes'),
      ...this.changing(),
    ];
  }

  private changing(): MastodonRoute[] {
    const { relations } = this;
    const change = <Input extends z.ZodObject>(
      name: string,
      scope: Scope,
      input: Input,
      act: (call: Call<z.infer<Input>>, id: string) => Promise<Relationship>,
    ): MastodonRoute =>
      route({
        method: 'POST',
        path: `/api/v1/accounts/:id/${name}`,
        access: { user: scope },
        input,
        handle: async (call) => relationshipJson(await act(call, (await this.account(call)).id)),
      });
    const follow = z.object({ reblogs: flag.default(true), notify: flag.default(false) });
    const mute = z.object({
      notifications: flag.default(true),
      duration: whole(0, 31_536_000).default(0),
    });
    return [
      change('follow', 'write:follows', follow, (call, id) =>
        relations.follow(actorOf(call), id, call.input),
      ),
      change('unfollow', 'write:follows', NOTHING, (call, id) => relations.unfollow(actorOf(call), id)),
      change('remove_from_followers', 'write:follows', NOTHING, (call, id) =>
        relations.removeFollower(actorOf(call), id),
      ),
      change('block', 'write:blocks', NOTHING, (call, id) => relations.block(actorOf(call), id)),
      change('unblock', 'write:blocks', NOTHING, (call, id) => relations.end(actorOf(call), 'block', id)),
      change('mute', 'write:mutes', mute, (call, id) => {
        const { notifications: notify, duration } = call.input;
        return relations.mute(actorOf(call), id, { notify, seconds: duration === 0 ? undefined : duration });
      }),
      change('unmute', 'write:mutes', NOTHING, (call, id) => relations.end(actorOf(call), 'mute', id)),
    ];
  }

  private related(path: string, direction: 'from' | 'to'): MastodonRoute {
    return route({
      method: 'GET',
      path,
      access: { read: 'read:accounts' },
      input: z.object(paging(80, 40)),
      handle: async (call) => this.relationPage(call, 'follow', (await this.account(call)).id, direction),
    });
  }

  private listed(path: string, kind: RelationKind, scope: Scope): MastodonRoute {
    return route({
      method: 'GET',
      path,
      access: { user: scope },
      input: z.object(paging(80, 40)),
      handle: (call) => this.relationPage(call, kind, actorOf(call).account.id, 'to'),
    });
  }

  private async relationPage(
    call: Call<PageInput>,
    kind: RelationKind,
    account: string,
    direction: 'from' | 'to',
  ): Promise<object[]> {
    const found = await this.relationList.accounts(
      this.dataSource.manager,
      { network: call.network.id, kind, account },
      direction,
      pageIn(call.input),
    );
    linkPages(
      call.request,
      call.reply,
      call.places,
      found.map(({ list_id }) => list_id),
    );
    return found.map((each) => accountJson(each, call.places));
  }

  private account({ network, params }: Call) {
    return this.accounts.get(network, params['id'] ?? '');
  }
}
