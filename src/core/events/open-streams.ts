import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Authenticator, type Caller } from '../http/index.js';
import { TooManyStreamsError, TopicDeniedError } from './events.errors.js';
import { TopicFilter } from './topics.js';

/** Streams that one user may have open in one process. */
const STREAMS_MAX = 32;

/** Why a stream ends before its subscriber says so. */
export type StreamEnd = 'expired' | 'shutdown';

/** The streams that are open in this process: how many a user has, until when, and their end at a shutdown. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly open = new Map<AbortController, Caller>();

  constructor(private readonly authenticator: Authenticator) {}

  beforeApplicationShutdown(): void {
    for (const abort of this.open.keys()) abort.abort('shutdown' satisfies StreamEnd);
  }

  /** The filter of these topics. @throws InvalidInputError, TopicDeniedError */
  filter(caller: Caller, topics: readonly string[]): TopicFilter {
    const filter = new TopicFilter(topics);
    for (const permission of filter.permissions) {
      if (!this.authenticator.may(caller, permission)) throw new TopicDeniedError(permission);
    }
    return filter;
  }

  /**
   * Opens a stream, which ends when the caller's token does. Call `close` of it when it ends for another reason.
   * @throws TooManyStreamsError
   */
  start(caller: Caller): { signal: AbortSignal; close: () => void } {
    const mine = [...this.open.values()].filter(({ id }) => id === caller.id).length;
    if (mine >= STREAMS_MAX) throw new TooManyStreamsError(STREAMS_MAX);
    const abort = new AbortController();
    this.open.set(abort, caller);
    const left = Math.min(caller.expiresAt - Date.now(), MAX_TIMEOUT);
    const timer = setTimeout(() => abort.abort('expired' satisfies StreamEnd), left);
    const close = (): void => {
      clearTimeout(timer);
      this.open.delete(abort);
      abort.abort();
    };
    return { signal: abort.signal, close };
  }
}

/** The longest time that a timer can wait, in milliseconds. */
const MAX_TIMEOUT = 2_147_483_647;
