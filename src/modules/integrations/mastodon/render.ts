import { escapeHtml } from '../../../core/html/index.js';
import type { NetworkAccount } from '../network/account.entity.js';
import type { NetworkMedia } from '../network/media.entity.js';
import { mediaName } from '../network/media.service.js';
import type { Places } from '../network/places.js';
import type { NetworkMarker, NetworkNotification } from '../network/relation.entity.js';
import type { Relationship } from '../network/relations.repository.js';
import type { FullStatus } from '../network/status-reader.js';
import { htmlOf, type LinkTargets } from './html.js';

/** What is said of every account, wherever its name or note is shown. */
const SYNTHETIC = 'This account is synthetic: it belongs to no person, and lives in a sandbox.';

const tagUrl = ({ base }: Places, name: string): string => `${base}/tags/${encodeURIComponent(name)}`;
export const accountUrl = ({ base }: Places, username: string): string => `${base}/@${username}`;

/** An Account. */
export function accountJson(account: NetworkAccount, places: Places) {
  const { id, username, display_name, note, agent_id, created_at, last_status_at } = account;
  const url = accountUrl(places, username);
  const avatar = `${places.files}/avatars/${id}.svg`;
  const header = `${places.files}/headers/${id}.svg`;
  return {
    id,
    synthetic: true,
    username,
    acct: username,
    // Some clients take it for HTML.
    display_name: display_name.replaceAll(/[<>]/g, ''),
    locked: false,
    bot: true,
    discoverable: true,
    indexable: false,
    group: false,
    noindex: true,
    created_at: created_at.toISOString(),
    note: `${htmlOf(note, linksOf(places, []))}<p>${SYNTHETIC}</p>`,
    url,
    uri: url,
    avatar,
    avatar_static: avatar,
    avatar_description: '',
    header,
    header_static: header,
    header_description: '',
    followers_count: account.followers_count,
    following_count: account.following_count,
    statuses_count: account.statuses_count,
    last_status_at: last_status_at?.toISOString().slice(0, 10) ?? null,
    hide_collections: false,
    emojis: [],
    roles: [],
    fields: [
      { name: 'Synthetic', value: 'yes', verified_at: null },
      {
        name: 'Played by',
        value: agent_id === null ? 'a user of this installation' : 'an agent',
        verified_at: null,
      },
    ],
  };
}

/** The Account of whoever asks, with what only they see. */
export function ownAccountJson(account: NetworkAccount, places: Places) {
  const shown = accountJson(account, places);
  return {
    ...shown,
    source: {
      privacy: 'public',
      sensitive: false,
      language: '',
      note: account.note,
      fields: shown.fields,
      follow_requests_count: 0,
      hide_collections: false,
      discoverable: true,
      indexable: false,
      attribution_domains: [],
      quote_policy: 'nobody',
    },
    role: { id: '-99', name: '', color: '', permissions: '0', highlighted: false },
  };
}

/** The claims of OpenID Connect about an account. */
export function userInfoJson(account: NetworkAccount, places: Places) {
  const { url, display_name, username, avatar, synthetic } = accountJson(account, places);
  return {
    iss: `${places.base}/`,
    sub: url,
    name: display_name,
    preferred_username: username,
    profile: url,
    picture: avatar,
    synthetic,
  };
}

/** Where links in a text lead. @param mentions whom it may name */
export function linksOf(places: Places, mentions: FullStatus['mentions']): LinkTargets {
  const named = new Map(mentions.map((each) => [each.username, accountUrl(places, each.username)]));
  return { account: (name) => named.get(name), tag: (name) => tagUrl(places, name) };
}

/** The text of a post as HTML, with what the guard says of it. */
export function contentHtml({ text, mentions, labels }: FullStatus, places: Places): string {
  return htmlOf(text, linksOf(places, mentions)) + labelsHtml(labels);
}

export function mediaUrl(media: NetworkMedia, { files }: Places): string {
  return `${files}/media/${mediaName(media)}`;
}

/** A MediaAttachment. */
export function mediaJson(media: NetworkMedia, places: Places) {
  const { id, width, height, description } = media;
  const url = mediaUrl(media, places);
  const size = { width, height, size: `${width}x${height}`, aspect: width / height };
  return {
    id,
    type: 'image',
    url,
    preview_url: url,
    remote_url: null,
    preview_remote_url: null,
    text_url: null,
    meta: { original: size, small: size },
    description: description === '' ? null : description,
    blurhash: null,
  };
}

/** Labels that the guard gave, which are shown wherever a text is read. */
function labelsHtml(labels: readonly string[]): string {
  return labels.length === 0 ? '' : `<p><em>Labels: ${escapeHtml(labels.join(', '))}</em></p>`;
}

/** A Status; what belongs to a viewer is there for nobody as well, and false. */
export function statusJson(status: FullStatus, places: Places): object {
  const { id, account, created_at, reblog, mentions, tags, application } = status;
  const url = `${accountUrl(places, account.username)}/${id}`;
  return {
    id,
    synthetic: true,
    created_at: created_at.toISOString(),
    in_reply_to_id: status.in_reply_to_id,
    in_reply_to_account_id: status.in_reply_to_account_id,
    sensitive: status.sensitive,
    spoiler_text: status.spoiler_text,
    visibility: status.visibility,
    language: status.language,
    uri: url,
    url,
    replies_count: status.replies_count,
    reblogs_count: status.reblogs_count,
    favourites_count: status.favourites_count,
    quotes_count: 0,
    edited_at: null,
    content: contentHtml(status, places),
    reblog: reblog && statusJson(reblog, places),
    ...(application !== null && { application: { name: application, website: null } }),
    account: accountJson(account, places),
    media_attachments: status.media.map((media) => mediaJson(media, places)),
    mentions: mentions.map((each) => ({
      id: each.id,
      username: each.username,
      acct: each.username,
      url: accountUrl(places, each.username),
    })),
    tags: tags.map((name) => ({ name, url: tagUrl(places, name) })),
    emojis: [],
    card: null,
    poll: null,
    quote: null,
    filtered: [],
    favourited: status.favourited,
    reblogged: status.reblogged,
    bookmarked: status.bookmarked,
    muted: false,
    pinned: false,
  };
}

/** A Relationship. */
export function relationshipJson(relationship: Relationship) {
  return {
    ...relationship,
    languages: null,
    muting_expires_at: null,
    requested: false,
    requested_by: false,
    domain_blocking: false,
    endorsed: false,
    note: '',
  };
}

/** A Notification. */
export function notificationJson(
  notification: NetworkNotification,
  account: NetworkAccount,
  status: FullStatus | undefined,
  places: Places,
) {
  const { id, type, created_at } = notification;
  return {
    id,
    type,
    group_key: `ungrouped-${id}`,
    created_at: created_at.toISOString(),
    account: accountJson(account, places),
    ...(status !== undefined && { status: statusJson(status, places) }),
  };
}

/** Markers by their timelines. */
export function markersJson(markers: readonly NetworkMarker[]): object {
  return Object.fromEntries(
    markers.map(({ timeline, last_read_id, version, updated_at }) => [
      timeline,
      { last_read_id, version, updated_at: updated_at.toISOString() },
    ]),
  );
}

/** A Tag. */
export function tagJson(
  { name, uses, accounts }: { name: string; uses: number; accounts: number },
  places: Places,
) {
  const day = String(Math.floor(Date.now() / 86_400_000) * 86_400);
  return {
    id: name,
    name,
    url: tagUrl(places, name),
    history: [{ day, uses: String(uses), accounts: String(accounts) }],
    following: false,
    featuring: false,
  };
}
