import type { Network } from '../network/network.entity.js';
import type { Places } from '../network/places.js';
import type { Scope } from '../network/scopes.js';
import type { StreamViewer } from '../network/audience.repository.js';

/** A stream as clients name it, with the hashtag of one that has one. */
export interface StreamName {
  stream: string;
  tag?: string;
}

/** Somebody who listens. */
export interface Listener {
  network: Network;
  viewer: StreamViewer;
  /** Id of the token that it listens by. */
  token: string;
  places: Places;
  /** What it listens to now, by {@link keyOf}. */
  streams: ReadonlyMap<string, StreamName>;
  /** @param payload JSON, or an id */
  send: (stream: StreamName, event: string, payload: string) => void;
  /** Hangs up: the token holds no more. */
  end: () => void;
}

export const PUBLIC = ['public', 'public:local'];
export const USER = ['user', 'user:notification'];
/** Streams with posts of others than this network, which there are none of. */
const REMOTE = ['public:remote', 'public:remote:media'];
export const MEDIA = ['public:media', 'public:local:media'];
export const TAGGED = ['hashtag', 'hashtag:local'];
/** There are no lists and no conversations; who listens to them hears nothing. */
export const SILENT = ['list', 'direct'];
export const STREAMS: readonly string[] = [...USER, ...PUBLIC, ...MEDIA, ...REMOTE, ...TAGGED, ...SILENT];

/** What a token must be good for to listen to a stream: all of these. */
export function scopesOf(stream: string): readonly Scope[] {
  if (stream === 'user') return ['read:statuses', 'read:notifications'];
  if (stream === 'user:notification') return ['read:notifications'];
  return [stream === 'list' ? 'read:lists' : 'read:statuses'];
}

/** A stream by its name and hashtag. */
export function keyOf({ stream, tag }: StreamName): string {
  return `${stream} ${tag ?? ''}`;
}
