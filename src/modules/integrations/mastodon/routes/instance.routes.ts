import { Injectable } from '@nestjs/common';
import { escapeHtml } from '../../../../core/html/index.js';
import { VERSION } from '../../../../core/version.js';
import { NAME_MAX, NOTE_MAX } from '../../network/accounts.service.js';
import { DESCRIPTION_MAX, MEDIA_BYTES_MAX } from '../../network/media.service.js';
import { NetworksService } from '../../network/networks.service.js';
import { PICTURE_TYPES, PIXELS_MAX } from '../../network/picture.rules.js';
import type { Scope } from '../../network/scopes.js';
import { TEXT_MAX } from '../../network/text.rules.js';
import { NOTHING } from '../input.js';
import { route, type Call, type MastodonRoute } from '../routing.js';

/** The version of the client API that is spoken, in the form that clients compare. */
export const COMPATIBLE = `4.3.0 (compatible; Azt3kNet ${VERSION})`;
const LANGUAGES = ['en', 'es'];
const RULES = [
  { id: '1', text: 'Everything here is synthetic. No account belongs to a person.', hint: '' },
  { id: '2', text: 'The compliance guard reads every text before others do.', hint: '' },
];

/** What a network says of itself, and lists that are always empty here and that clients ask for. */
@Injectable()
export class InstanceRoutes {
  constructor(private readonly networks: NetworksService) {}

  get routes(): MastodonRoute[] {
    return [
      route({
        method: 'GET',
        path: '/api/v1/instance',
        access: 'public',
        input: NOTHING,
        handle: (call) => this.first(call),
      }),
      route({
        method: 'GET',
        path: '/api/v2/instance',
        access: 'public',
        input: NOTHING,
        handle: (call) => this.second(call),
      }),
      route({
        method: 'GET',
        path: '/api/v1/instance/rules',
        access: 'public',
        input: NOTHING,
        handle: () => RULES,
      }),
      route({
        method: 'GET',
        path: '/api/v1/instance/extended_description',
        access: 'public',
        input: NOTHING,
        handle: ({ network }) => ({
          updated_at: network.created_at.toISOString(),
          content: `<p>${description(network.title)}</p>`,
        }),
      }),
      // Nothing is federated.
      route({
        method: 'GET',
        path: '/api/v1/instance/peers',
        access: 'public',
        input: NOTHING,
        handle: () => [],
      }),
      route({
        method: 'GET',
        path: '/api/v1/custom_emojis',
        access: 'public',
        input: NOTHING,
        handle: () => [],
      }),
      route({
        method: 'GET',
        path: '/api/v1/preferences',
        access: { user: 'read:accounts' },
        input: NOTHING,
        handle: () => ({
          'posting:default:visibility': 'public',
          'posting:default:sensitive': false,
          'posting:default:language': null,
          'posting:default:quote_policy': 'nobody',
          'reading:expand:media': 'default',
          'reading:expand:spoilers': false,
          'reading:autoplay:gifs': false,
        }),
      }),
      ...emptyLists(),
    ];
  }

  private async first(call: Call): Promise<object> {
    const { network, places } = call;
    const { accounts, statuses } = await this.networks.counts(network);
    const { media_attachments, statuses: limits, polls } = configuration(places.files);
    return {
      uri: new URL(places.base).host,
      title: network.title,
      short_description: description(network.title),
      description: description(network.title),
      email: '',
      version: COMPATIBLE,
      urls: { streaming_api: webSocketUrl(places.files) },
      stats: { user_count: accounts, status_count: statuses, domain_count: 0 },
      thumbnail: null,
      languages: LANGUAGES,
      registrations: false,
      approval_required: false,
      invites_enabled: false,
      configuration: { media_attachments, statuses: limits, polls, accounts: { max_featured_tags: 0 } },
      contact_account: null,
      rules: RULES,
      synthetic: true,
    };
  }

  private async second(call: Call): Promise<object> {
    const { network, places } = call;
    const { accounts } = await this.networks.counts(network);
    const header = `${places.files}/headers/1.svg`;
    return {
      domain: new URL(places.base).host,
      title: network.title,
      version: COMPATIBLE,
      source_url: '',
      description: description(network.title),
      usage: { users: { active_month: accounts } },
      thumbnail: { url: header, blurhash: null, versions: {}, description: '' },
      icon: [],
      languages: LANGUAGES,
      configuration: configuration(places.files),
      registrations: { enabled: false, approval_required: false, message: null, url: null },
      api_versions: { mastodon: 2 },
      contact: { email: '', account: null },
      rules: RULES,
      synthetic: true,
    };
  }
}

/** HTML, as clients show it. */
const description = (title: string): string =>
  `${escapeHtml(title)}: a sandbox network of Azt3kNet. Every account and every text is synthetic.`;

const webSocketUrl = (base: string): string => base.replace(/^http/, 'ws');

function configuration(base: string) {
  return {
    urls: { streaming: webSocketUrl(base), status: null, about: '', privacy_policy: null },
    vapid: { public_key: '' },
    accounts: {
      max_featured_tags: 0,
      max_pinned_statuses: 0,
      max_display_name_length: NAME_MAX,
      max_note_length: NOTE_MAX,
      max_profile_fields: 0,
    },
    statuses: { max_characters: TEXT_MAX, max_media_attachments: 4, characters_reserved_per_url: 1 },
    media_attachments: {
      supported_mime_types: [...PICTURE_TYPES],
      description_limit: DESCRIPTION_MAX,
      image_size_limit: MEDIA_BYTES_MAX,
      image_matrix_limit: PIXELS_MAX,
      video_size_limit: 0,
      video_frame_rate_limit: 0,
      video_matrix_limit: 0,
    },
    polls: { max_options: 0, max_characters_per_option: 0, min_expiration: 0, max_expiration: 0 },
    translation: { enabled: false },
    limited_federation: true,
  };
}

const empty = (path: string, scope: Scope): MastodonRoute =>
  route({ method: 'GET', path, access: { user: scope }, input: NOTHING, handle: () => [] });

/** What this network has nothing of. */
function emptyLists(): MastodonRoute[] {
  return [
    empty('/api/v1/filters', 'read:filters'),
    empty('/api/v2/filters', 'read:filters'),
    empty('/api/v1/lists', 'read:lists'),
    empty('/api/v1/accounts/:id/lists', 'read:lists'),
    empty('/api/v1/accounts/:id/featured_tags', 'read:accounts'),
    empty('/api/v1/accounts/familiar_followers', 'read:follows'),
    empty('/api/v1/follow_requests', 'read:follows'),
    empty('/api/v1/followed_tags', 'read:follows'),
    empty('/api/v1/suggestions', 'read:accounts'),
    empty('/api/v2/suggestions', 'read:accounts'),
    empty('/api/v1/conversations', 'read:statuses'),
    empty('/api/v1/scheduled_statuses', 'read:statuses'),
    empty('/api/v1/announcements', 'read:accounts'),
    empty('/api/v1/domain_blocks', 'read:blocks'),
    empty('/api/v1/endorsements', 'read:accounts'),
    empty('/api/v1/trends/tags', 'read:statuses'),
    empty('/api/v1/trends/statuses', 'read:statuses'),
    empty('/api/v1/trends/links', 'read:statuses'),
  ];
}
