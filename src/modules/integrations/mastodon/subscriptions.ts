import { z } from 'zod';
import { AppError } from '../../../core/errors/index.js';
import { NetworkError } from '../integrations.errors.js';
import type { Scope } from '../network/scopes.js';
import { keyOf, scopesOf, STREAMS, type StreamName } from './streams.js';

/** Streams of one connection. */
const STREAMS_MAX = 50;

const ClientMessage = z.object({
  type: z.enum(['subscribe', 'unsubscribe']),
  stream: z.string().max(50),
  tag: z.string().max(100).optional(),
});

/** @throws NetworkError when there is no such stream */
function streamOf(stream: string, tag: string | undefined): StreamName {
  if (!STREAMS.includes(stream)) throw NetworkError.field('stream', `must be one of ${STREAMS.join(', ')}`);
  if (!stream.startsWith('hashtag')) return { stream };
  if (tag === undefined || tag === '') throw NetworkError.field('tag', 'is missing');
  return { stream, tag: tag.toLowerCase().replace(/^#/, '') };
}

/** What one connection listens to; each stream asks for its scopes when it is joined and as long as it is heard. */
export class Subscriptions {
  readonly streams = new Map<string, StreamName>();

  /** @param require throws unless the caller has all of some scopes */
  constructor(private readonly require: (scopes: readonly Scope[]) => void) {}

  /** @throws NetworkError when there is no such stream, when there are too many, or when the token is not good for it */
  subscribe(stream: string, tag: string | undefined): void {
    const name = streamOf(stream, tag);
    this.require(scopesOf(stream));
    if (this.streams.size >= STREAMS_MAX && !this.streams.has(keyOf(name)))
      throw NetworkError.forbidden(`at most ${STREAMS_MAX} streams of one connection`);
    this.streams.set(keyOf(name), name);
  }

  /** Does what a client says. @returns what was wrong with it */
  obey(message: string): string | undefined {
    try {
      const { type, stream, tag } = ClientMessage.parse(JSON.parse(message));
      if (type === 'unsubscribe') this.streams.delete(keyOf(streamOf(stream, tag)));
      else this.subscribe(stream, tag);
      return undefined;
    } catch (error) {
      return error instanceof AppError ? error.message : 'messages are {"type": "subscribe", "stream": "…"}';
    }
  }

  /** The scopes that all its streams ask for. */
  get scopes(): Scope[] {
    return [...new Set([...this.streams.values()].flatMap(({ stream }) => scopesOf(stream)))];
  }
}
