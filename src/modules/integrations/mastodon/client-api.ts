import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../core/errors/index.js';
import { MEDIA_BYTES_MAX } from '../network/media.service.js';
import { Authentication, bearerOf } from './authentication.js';
import { inputOf } from './input.js';
import { NetworkPlaces } from '../network/places.js';
import type { Call, MastodonRoute } from './routing.js';
import { tokenParameter } from './streaming.js';
import { TokenLimits } from './token-limits.js';

/** What stands around a file in a body of several parts. */
const MULTIPART_ROOM = 64 * 1_024;

/** What has routes. */
export interface RouteSource {
  readonly routes: MastodonRoute[];
}

/** Everything that has routes. */
export const ROUTE_SOURCES = Symbol('mastodon route sources');

/** Who calls, found before the body is read. */
type Found = Pick<Call, 'network' | 'session' | 'places'>;

/** The routes of the client API, each behind what it asks of who calls. */
@Injectable()
export class ClientApi {
  readonly routes: readonly MastodonRoute[];
  private readonly found = new WeakMap<FastifyRequest, Found>();

  constructor(
    private readonly authentication: Authentication,
    private readonly places: NetworkPlaces,
    private readonly limits: TokenLimits,
    @Inject(ROUTE_SOURCES) sources: readonly RouteSource[],
  ) {
    this.routes = sources.flatMap((source) => source.routes);
  }

  /** Puts the routes on a server. */
  serve(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply) => this.admit(request, reply));
    for (const route of this.routes) {
      const { method, path, upload } = route;
      server.route({
        method,
        url: path,
        config: { mastodon: route },
        ...(upload === true && { bodyLimit: MEDIA_BYTES_MAX + MULTIPART_ROOM }),
        handler: (request, reply) => this.answer(route, request, reply),
      });
    }
  }

  /** Refuses who may not call before anything of the body is looked at. Paths that are none have no route, and go on to the 404. */
  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { mastodon: route } = request.routeOptions.config;
    if (route === undefined || reply.sent) return;
    const { headers, url } = request;
    const streams = route.path.startsWith('/api/v1/streaming/');
    const secret = bearerOf(headers.authorization) ?? (streams ? tokenParameter(url) : undefined);
    const { network, session } = await this.authentication.identify(headers.host, secret);
    if (session === undefined) await this.limits.countProof(request, route);
    else await this.limits.countToken(request, reply, session);
    this.authentication.require(route.access, network, session);
    Object.assign(request, { user: { username: session?.actor } });
    this.found.set(request, { network, session, places: this.places.of(network) });
  }

  private async answer(route: MastodonRoute, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const found = this.found.get(request);
    if (found === undefined) throw new Error(`${route.path} was not guarded`);
    const input = inputOf(route.input, request);
    const params = request.params as Record<string, string>;
    // No name here has one, and no database stores one.
    if (Object.values(params).some((value) => value.includes('\0') || !value.isWellFormed()))
      throw new AppError('not_found', 'path_not_found', 'there is nothing here');
    return route.handle({ ...found, input, params, request, reply } as Call<never>);
  }
}
