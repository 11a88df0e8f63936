import { Injectable } from '@nestjs/common';
import { VERSION } from '../../../../core/version.js';
import { NetworksService } from '../../network/networks.service.js';
import { NOTHING } from '../input.js';
import { route, type Call, type MastodonRoute } from '../routing.js';
import { COMPATIBLE } from './instance.routes.js';

const SCHEMA = 'http://nodeinfo.diaspora.software/ns/schema/2.0';

/** NodeInfo 2.0: by what clients that know several kinds of servers find out which API is spoken. */
@Injectable()
export class NodeInfoRoutes {
  constructor(private readonly networks: NetworksService) {}

  get routes(): MastodonRoute[] {
    return [
      route({
        method: 'GET',
        path: '/.well-known/nodeinfo',
        access: 'public',
        input: NOTHING,
        handle: ({ places: { base } }) => ({ links: [{ rel: SCHEMA, href: `${base}/nodeinfo/2.0` }] }),
      }),
      route({
        method: 'GET',
        path: '/nodeinfo/2.0',
        access: 'public',
        input: NOTHING,
        handle: (call) => this.document(call),
      }),
    ];
  }

  private async document({ network, reply }: Call): Promise<object> {
    const { accounts, statuses } = await this.networks.counts(network);
    void reply.type(`application/json; profile="${SCHEMA}#"; charset=utf-8`);
    return {
      version: '2.0',
      // The API that is spoken, which is all that clients ask for here.
      software: { name: 'mastodon', version: COMPATIBLE },
      // The schema wants one; that nothing is federated is said below.
      protocols: ['activitypub'],
      services: { inbound: [], outbound: [] },
      openRegistrations: false,
      usage: { users: { total: accounts }, localPosts: statuses },
      metadata: {
        nodeName: network.title,
        nodeDescription: 'A sandbox network of Azt3kNet: all accounts and all texts are synthetic.',
        implementation: { name: 'azt3knet', version: VERSION },
        synthetic: true,
        federation: { enabled: false },
      },
    };
  }
}
