import { AppError } from '../../../core/errors/index.js';

/** Whose voice something is published in. */
export interface AdapterAccount {
  /** The agent; the adapter gives it an account where it has none. */
  agentId: string;
}

/** What every request to an adapter says. */
interface AdapterRequest {
  account: AdapterAccount;
  /** Where on the platform, such as the name of a network; the adapter's usual place where it is not said. */
  destination?: string | undefined;
  /**
   * The same key of the same account is the same act: a second request with it changes nothing and has the receipt of the
   * first, also when both come at once, from two processes, or after an error that left it open what became of the first.
   */
  key: string;
  /** Stop soon, and let the reason be thrown; what was done by then stays done. */
  signal?: AbortSignal | undefined;
}

/** A draft to publish. Its text is read from the draft: nobody can hand an adapter words that the guard has not read. */
export interface PublishRequest extends AdapterRequest {
  draftId: string;
}

export interface ReplyRequest extends PublishRequest {
  /** What the platform calls the post that is answered. */
  inReplyTo: string;
}

export const REACTION_KINDS = ['favourite', 'boost'] as const;

export interface ReactRequest extends AdapterRequest {
  /** What the platform calls the post. */
  target: string;
  kind: (typeof REACTION_KINDS)[number];
}

export interface DeleteRequest extends AdapterRequest {
  target: string;
}

/** An act of which nobody knows whether it was done: it is asked for by its key. */
export type FindRequest = AdapterRequest;

export interface FetchRequest extends Omit<AdapterRequest, 'key'> {
  target: string;
}

/** So many posts are handed over together at most. */
export const TOGETHER_MAX = 200;

/** What came of an act. `held`: a person has to let it go first, which the platform then does by itself. */
export interface Receipt {
  state: 'published' | 'held';
  /** What the platform calls it; texts of up to 200 characters. */
  remoteId: string;
  /** Where people find it. */
  url: string | null;
  /** False when an earlier request with the key had done it. */
  created: boolean;
}

/** A post as a platform has it. */
export interface RemotePost {
  remoteId: string;
  state: 'published' | 'held' | 'refused';
  /** Of the draft, where the platform keeps it. */
  draftId: string | null;
  text: string | null;
  replies: number;
  boosts: number;
  favourites: number;
  publishedAt: string;
}

/** How much a platform takes; whoever plans keeps to it, and reserves before it publishes. */
export interface AdapterQuota {
  /** `account`: of each; `adapter`: of all together. */
  per: 'account' | 'adapter';
  acts: 'publish' | 'react' | 'all';
  limit: number;
  windowSeconds: number;
}

/** What a platform can do. */
export interface AdapterTraits {
  /** The longest text, in characters. */
  textMax: number;
  replies: boolean;
  reactions: boolean;
  deletion: boolean;
  fetching: boolean;
  /** Whether it can be asked what became of a key. */
  finding: boolean;
  quotas: readonly AdapterQuota[];
}

/** Something that a platform tells of its own accord. */
export interface AdapterEvent {
  type: 'published' | 'removed' | 'failed';
  remoteId: string;
  reason: string | null;
}

/** A message of a platform, whose signature was checked and which comes once (`WebhookValidator`). */
export interface IncomingMessage {
  id: string;
  body: unknown;
}

/**
 * Carries what was approved to a platform. No adapter reaches a real social network. What each method promises stands in
 * docs/guides/adapters.md, and `adapterConformance` holds an adapter to it.
 */
export interface PlatformAdapter {
  /** `sandbox`, `webhook`: [a-z0-9-]. */
  readonly name: string;
  readonly traits: AdapterTraits;
  /** @throws AdapterError */
  publish(request: PublishRequest): Promise<Receipt>;
  /**
   * Publishes up to {@link TOGETHER_MAX} at once, where a platform takes many together faster than each: what came of each, in
   * their order, as `publish` says it. A request that fails hinders no other.
   * @throws what leaves it open what became of all of them
   */
  publishAll?(requests: readonly PublishRequest[]): Promise<(Receipt | AdapterError)[]>;
  /** @throws AdapterError */
  reply(request: ReplyRequest): Promise<Receipt>;
  /** @throws AdapterError */
  react(request: ReactRequest): Promise<Receipt>;
  /** What is gone already is deleted. @throws AdapterError */
  delete(request: DeleteRequest): Promise<void>;
  /** Nothing when there is no such post. @throws AdapterError */
  fetch(request: FetchRequest): Promise<RemotePost | undefined>;
  /**
   * What came of a request to publish with a key, as the platform has it; nothing when there was none, or it was refused.
   * @throws AdapterError
   */
  find(request: FindRequest): Promise<Receipt | undefined>;
  /** What a message says; nothing of one that is of no interest. @throws AdapterError `message_invalid` */
  receive(message: IncomingMessage): AdapterEvent[];
}

/**
 * `refused`: the platform or the guard says no, and says so again; `not_found`: there is no such account, draft or post;
 * `unsupported`: the platform cannot do this; `rate_limited`: too much, later; `unavailable`: it is not known what became of
 * it, and the same request with the same key may be made again.
 */
export type AdapterFault = 'refused' | 'not_found' | 'unsupported' | 'rate_limited' | 'unavailable';

const KINDS = {
  refused: 'refused',
  not_found: 'not_found',
  unsupported: 'invalid',
  rate_limited: 'rate_limited',
  unavailable: 'unavailable',
} as const;

/** What an adapter could not do. */
export class AdapterError extends AppError {
  constructor(
    readonly fault: AdapterFault,
    code: string,
    message: string,
    /** Of `rate_limited`: seconds to wait, as the platform says. */
    readonly retryAfter?: number,
    options?: ErrorOptions,
  ) {
    super(KINDS[fault], code, message, [], options);
  }

  /** Whether the same request may succeed later. */
  get isPassing(): boolean {
    return this.fault === 'rate_limited' || this.fault === 'unavailable';
  }
}
