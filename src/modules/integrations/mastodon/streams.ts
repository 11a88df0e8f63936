import type { Network } from '../network/network.entity.js';
import type { Places } from '../network/places.js';
import type { Viewer } from '../network/timelines.repository.js';

/** A stream as clients name it, with the hashtag of one that has one. */
export interface StreamName {
  stream: string;
  tag?: string;
}

/** Somebody who listens. */
export interface Listener {
  network: Network;
  viewer: Viewer;
  places: Places;
  /** What it listens to now, by {@link keyOf}. */
  streams: ReadonlyMap<string, StreamName>;
  /** @param payload JSON, or an id */
  send: (stream: StreamName, event: string, payload: string) => void;
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
/** A stream by its name and hashtag. */
export function keyOf({ stream, tag }: StreamName): string {
  return `${stream} ${tag ?? ''}`;
}
