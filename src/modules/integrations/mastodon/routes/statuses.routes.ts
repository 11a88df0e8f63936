import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { NetworkError, PostRefusedError } from '../../integrations.errors.js';
import { InteractionsRepository } from '../../network/interactions.repository.js';
import { InteractionsService } from '../../network/interactions.service.js';
import { isNetworkId } from '../../network/paging.js';
import { PostsService } from '../../network/posts.service.js';
import { StatusReader, type FullStatus } from '../../network/status-reader.js';
import { VISIBILITIES } from '../../network/status.entity.js';
import { TimelinesRepository } from '../../network/timelines.repository.js';
import { flag, list, networkId, NOTHING, paging, text } from '../input.js';
import { linkPages, pageIn, type PageInput } from '../paged.js';
import { accountJson, statusJson } from '../render.js';
import { actorOf, route, viewerOf, type Call, type MastodonRoute } from '../routing.js';

const PostStatus = z.object({
  status: text(20_000).default(''),
  spoiler_text: text(20_000).default(''),
  visibility: z.enum(VISIBILITIES).default('public'),
  sensitive: flag.default(false),
  language: text(10)
    .pipe(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/, 'must be ISO 639-1, such as es'))
    .optional(),
  in_reply_to_id: networkId.optional(),
  media_ids: list(networkId, 20).default([]),
  poll: z.unknown().optional(),
  scheduled_at: z.unknown().optional(),
});

/** The guard wants a person to decide first. */
class PostHeldError extends NetworkError {
  constructor(id: string) {
    super(
      'refused',
      'post_held',
      `held, not lost: the guard wants a person to decide first; the post ${id} appears when it is let go, and needs not be sent again`,
    );
  }
}

/** Posts: writing, reading, favourites, boosts and bookmarks. */
@Injectable()
export class StatusRoutes {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly posts: PostsService,
    private readonly interactions: InteractionsService,
    private readonly marks: InteractionsRepository,
    private readonly timelines: TimelinesRepository,
    private readonly reader: StatusReader,
  ) {}

  get routes(): MastodonRoute[] {
    return [
      route({
        method: 'POST',
        path: '/api/v1/statuses',
        access: { user: 'write:statuses' },
        input: PostStatus,
        handle: (call) => this.post(call),
      }),
      route({
        method: 'GET',
        path: '/api/v1/statuses',
        access: { read: 'read:statuses' },
        input: z.object({ id: list(networkId, 40).default([]) }),
        handle: async (call) => {
          const found = await this.reader.visible(this.dataSource.manager, viewerOf(call), call.input.id);
          return found.map((status) => statusJson(status, call.places));
        },
      }),
      route({
        method: 'GET',
        path: '/api/v1/statuses/:id',
        access: { read: 'read:statuses' },
        input: NOTHING,
        handle: async (call) => this.shown(call, call.params['id'] ?? ''),
      }),
      route({
        method: 'DELETE',
        path: '/api/v1/statuses/:id',
        access: { user: 'write:statuses' },
        input: NOTHING,
        handle: (call) => this.remove(call),
      }),
      route({
        method: 'GET',
        path: '/api/v1/statuses/:id/source',
        access: { user: 'read:statuses' },
        input: NOTHING,
        handle: async (call) => {
          const { id, text: written, spoiler_text } = await this.status(call, call.params['id'] ?? '');
          return { id, text: written, spoiler_text };
        },
      }),
      route({
        method: 'GET',
        path: '/api/v1/statuses/:id/context',
        access: { read: 'read:statuses' },
        input: NOTHING,
        handle: (call) => this.context(call),
      }),
      ...this.lists(),
      ...this.actions(),
    ];
  }

  private lists(): MastodonRoute[] {
    const by = (path: string, who: 'favouritedBy' | 'rebloggedBy'): MastodonRoute =>
      route({
        method: 'GET',
        path,
        access: { read: 'read:statuses' },
        input: z.object(paging(80, 40)),
        handle: (call) => this.accounts(call, who),
      });
    return [
      by('/api/v1/statuses/:id/favourited_by', 'favouritedBy'),
      by('/api/v1/statuses/:id/reblogged_by', 'rebloggedBy'),
    ];
  }

  private actions(): MastodonRoute[] {
    const action = (
      name: string,
      scope: 'write:favourites' | 'write:bookmarks' | 'write:statuses',
      act: (call: Call, id: string) => Promise<string>,
    ): MastodonRoute =>
      route({
        method: 'POST',
        path: `/api/v1/statuses/:id/${name}`,
        access: { user: scope },
        input: NOTHING,
        handle: async (call) => {
          const id = await act(call, this.idOf(call));
          return this.shown(call, id);
        },
      });
    const { interactions } = this;
    return [
      action('favourite', 'write:favourites', (call, id) =>
        interactions.mark(actorOf(call), 'favourite', id, true),
      ),
      action('unfavourite', 'write:favourites', (call, id) =>
        interactions.mark(actorOf(call), 'favourite', id, false),
      ),
      action('bookmark', 'write:bookmarks', (call, id) =>
        interactions.mark(actorOf(call), 'bookmark', id, true),
      ),
      action('unbookmark', 'write:bookmarks', (call, id) =>
        interactions.mark(actorOf(call), 'bookmark', id, false),
      ),
      action('reblog', 'write:statuses', (call, id) => interactions.boost(actorOf(call), id)),
      action('unreblog', 'write:statuses', (call, id) => interactions.unboost(actorOf(call), id)),
    ];
  }

  private async post(call: Call<z.infer<typeof PostStatus>>): Promise<object> {
    const { input, network, session, request } = call;
    if (input.poll !== undefined) throw NetworkError.field('poll', 'this network has no polls');
    if (input.scheduled_at !== undefined)
      throw NetworkError.field('scheduled_at', 'this network posts at once; plan with campaigns');
    const { account } = actorOf(call);
    const key = request.headers['idempotency-key'];
    if (key !== undefined && (typeof key !== 'string' || key.length > 200))
      throw NetworkError.field('Idempotency-Key', 'must have at most 200 characters');
    try {
      const posted = await this.posts.post(
        {
          network,
          account,
          text: input.status,
          spoilerText: input.spoiler_text,
          sensitive: input.sensitive,
          visibility: input.visibility,
          language: input.language ?? null,
          inReplyTo: input.in_reply_to_id ?? null,
          mediaIds: input.media_ids,
          key: key === undefined || key === '' ? null : `client:${key}`,
          application: session?.token.application ?? null,
        },
        session?.actor ?? '',
      );
      if ('deleted' in posted) throw NetworkError.notFound('status', posted.deleted);
      const { status } = posted;
      if (status.state === 'held') throw new PostHeldError(status.id);
      if (status.state === 'refused') throw new PostRefusedError('people have decided so', status.id);
      return await this.shown(call, status.id);
    } catch (error) {
      const isParent = input.in_reply_to_id !== undefined && error instanceof NetworkError;
      if (isParent && error.code === 'status_not_found' && error.message.includes(input.in_reply_to_id ?? ''))
        throw NetworkError.field('in_reply_to_id', 'there is no such post');
      throw error;
    }
  }

  private async remove(call: Call): Promise<object> {
    const status = await this.status(call, this.idOf(call));
    await this.interactions.delete(actorOf(call), status.id);
    // Clients let people write it anew from this.
    return { ...statusJson(status, call.places), text: status.text };
  }

  private async context(call: Call): Promise<object> {
    const { manager } = this.dataSource;
    const viewer = viewerOf(call);
    const { id } = await this.status(call, this.idOf(call));
    const { ancestors, descendants } = await this.timelines.thread(manager, viewer, id);
    const full = await this.reader.read(manager, viewer, [...ancestors, ...descendants]);
    const shown = new Map(full.map((status) => [status.id, statusJson(status, call.places)]));
    return {
      ancestors: ancestors.flatMap((each) => shown.get(each) ?? []),
      descendants: descendants.flatMap((each) => shown.get(each) ?? []),
    };
  }

  private async accounts(call: Call<PageInput>, who: 'favouritedBy' | 'rebloggedBy'): Promise<object[]> {
    const { manager } = this.dataSource;
    const status = await this.status(call, this.idOf(call));
    const found = await this.marks[who](manager, status, pageIn(call.input));
    linkPages(
      call.request,
      call.reply,
      call.places,
      found.map(({ list_id }) => list_id),
    );
    return found.map((account) => accountJson(account, call.places));
  }

  private async shown(call: Call, id: string): Promise<object> {
    return statusJson(await this.status(call, id), call.places);
  }

  private async status(call: Call, id: string): Promise<FullStatus> {
    const ids = isNetworkId(id) ? [id] : [];
    const [status] = await this.reader.visible(this.dataSource.manager, viewerOf(call), ids);
    if (status === undefined) throw NetworkError.notFound('status', id);
    return status;
  }

  private idOf({ params }: Call): string {
    const id = params['id'] ?? '';
    if (!isNetworkId(id)) throw NetworkError.notFound('status', id);
    return id;
  }
}
