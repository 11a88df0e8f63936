import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { AppError } from '../errors/index.js';
import { Authenticator, type Caller, type Permission } from '../http/index.js';
import { TooManyStreamsError, TopicDeniedError } from './events.errors.js';
import { TopicFilter } from './topics.js';

/** Streams that one user may have open in one process. */
const STREAMS_MAX = 32;
/** How often it is asked whether those who listen still may, in milliseconds. */
const CHECK_MS = 500;
/** The longest time that a timer can wait, in milliseconds. */
const MAX_TIMEOUT = 2_147_483_647;

/** Why a stream ends before its subscriber says so. */
export type StreamEnd = 'expired' | 'revoked' | 'shutdown';

/** Who listens, by what they have shown. */
export interface Listener {
  caller: Caller;
  /** The access token or API key. */
  credential: string;
  address: string;
  /** What listening needs, now. */
  needs: () => Iterable<Permission>;
}

/** The streams that are open in this process: how many a user has, until when, and their end at a shutdown. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly open = new Map<AbortController, Listener>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly authenticator: Authenticator) {}

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
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
   * Opens a stream, which ends when the credential does, or the right to listen. Call `close` of it when it ends for
   * another reason.
   * @throws TooManyStreamsError
   */
  start(listener: Listener): { signal: AbortSignal; close: () => void } {
    const { caller } = listener;
    const mine = [...this.open.values()].filter(({ caller: { id } }) => id === caller.id).length;
    if (mine >= STREAMS_MAX) throw new TooManyStreamsError(STREAMS_MAX);
    const abort = new AbortController();
    this.open.set(abort, listener);
    this.timer ??= setInterval(() => void this.check(), CHECK_MS).unref();
    const left = Math.min(caller.expiresAt - Date.now(), MAX_TIMEOUT);
    const timer = setTimeout(() => abort.abort('expired' satisfies StreamEnd), left);
    const close = (): void => {
      clearTimeout(timer);
      this.open.delete(abort);
      abort.abort();
    };
    return { signal: abort.signal, close };
  }

  private async check(): Promise<void> {
    await Promise.all(
      [...this.open].map(async ([abort, listener]) => {
        if (!(await this.mayGoOn(listener))) abort.abort('revoked' satisfies StreamEnd);
      }),
    );
  }

  private async mayGoOn({ credential, address, needs }: Listener): Promise<boolean> {
    try {
      const caller = await this.authenticator.authenticateAgain(credential, address);
      return [...needs()].every((permission) => this.authenticator.may(caller, permission));
    } catch (error) {
      // What cannot be asked just now is asked again; what was taken away is not waited for.
      return !(error instanceof AppError && error.kind === 'unauthenticated');
    }
  }
}
