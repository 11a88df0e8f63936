import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { NetworkError } from '../../integrations.errors.js';
import { isNetworkId } from '../../network/paging.js';
import type { NetworkNotification } from '../../network/relation.entity.js';
import { NotificationsRepository } from '../../network/notifications.repository.js';
import { list, networkId, NOTHING, paging, text } from '../input.js';
import { NotificationReader } from '../notification-reader.js';
import { linkPages, pageIn } from '../paged.js';
import { markersJson } from '../render.js';
import { actorOf, route, viewerOf, type Call, type MastodonRoute } from '../routing.js';

const Notifications = z.object({
  ...paging(80, 40),
  types: list(text(50), 30).optional(),
  exclude_types: list(text(50), 30).optional(),
  account_id: networkId.optional(),
});
const TIMELINES = ['home', 'notifications'] as const;
const Marker = z.object({ last_read_id: networkId });
const UNREAD_MAX = 100;

/** Notifications, and how far somebody has read. */
@Injectable()
export class NotificationRoutes {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: NotificationsRepository,
    private readonly reader: NotificationReader,
  ) {}

  get routes(): MastodonRoute[] {
    return [...this.notifications(), ...this.markers()];
  }

  private notifications(): MastodonRoute[] {
    return [
      route({
        method: 'GET',
        path: '/api/v1/notifications',
        access: { user: 'read:notifications' },
        input: Notifications,
        handle: (call) => this.page(call),
      }),
      route({
        method: 'GET',
        path: '/api/v1/notifications/unread_count',
        access: { user: 'read:notifications' },
        input: NOTHING,
        handle: async (call) => {
          const { network, account } = actorOf(call);
          const { manager } = this.dataSource;
          return { count: await this.repository.unread(manager, network.id, account.id, UNREAD_MAX) };
        },
      }),
      route({
        method: 'GET',
        path: '/api/v1/notifications/:id',
        access: { user: 'read:notifications' },
        input: NOTHING,
        handle: async (call) => {
          const [shown] = await this.reader.shown(viewerOf(call), [await this.own(call)], call.places);
          if (shown === undefined) throw NetworkError.notFound('notification', call.params['id'] ?? '');
          return shown;
        },
      }),
      route({
        method: 'POST',
        path: '/api/v1/notifications/clear',
        access: { user: 'write:notifications' },
        input: NOTHING,
        handle: (call) => this.clear(call, null),
      }),
      route({
        method: 'POST',
        path: '/api/v1/notifications/:id/dismiss',
        access: { user: 'write:notifications' },
        input: NOTHING,
        handle: async (call) => this.clear(call, (await this.own(call)).id),
      }),
    ];
  }

  private markers(): MastodonRoute[] {
    return [
      route({
        method: 'GET',
        path: '/api/v1/markers',
        access: { user: 'read:statuses' },
        input: z.object({ timeline: list(z.enum(TIMELINES), 2).default([...TIMELINES]) }),
        handle: async (call) => {
          const { network, account } = actorOf(call);
          const { manager } = this.dataSource;
          return markersJson(
            await this.repository.markers(manager, network.id, account.id, call.input.timeline),
          );
        },
      }),
      route({
        method: 'POST',
        path: '/api/v1/markers',
        access: { user: 'write:statuses' },
        input: z.object({ home: Marker.optional(), notifications: Marker.optional() }),
        handle: async (call) => {
          const { network, account } = actorOf(call);
          const written = [];
          for (const timeline of TIMELINES) {
            const marker = call.input[timeline];
            if (marker === undefined) continue;
            const where = { network_id: network.id, account_id: account.id, timeline };
            written.push(await this.repository.setMarker(this.dataSource.manager, { ...where, ...marker }));
          }
          return markersJson(written);
        },
      }),
    ];
  }

  private async page(call: Call<z.infer<typeof Notifications>>): Promise<object[]> {
    const { types, exclude_types: without, account_id: from } = call.input;
    const found = await this.repository.list(
      this.dataSource.manager,
      viewerOf(call),
      { types, without, from },
      pageIn(call.input),
    );
    linkPages(
      call.request,
      call.reply,
      call.places,
      found.map(({ id }) => id),
    );
    return this.reader.shown(viewerOf(call), found, call.places);
  }

  private async clear(call: Call, id: string | null): Promise<object> {
    const { network, account } = actorOf(call);
    await this.repository.clear(this.dataSource.manager, network.id, account.id, id);
    return {};
  }

  private async own(call: Call): Promise<NetworkNotification> {
    const { network, account } = actorOf(call);
    const id = call.params['id'] ?? '';
    const found = isNetworkId(id)
      ? await this.repository.byId(this.dataSource.manager, network.id, id)
      : undefined;
    if (found?.account_id !== account.id) throw NetworkError.notFound('notification', id);
    return found;
  }
}
