import { withRoom } from './columns.js';
import type { Part } from './signals.js';

/** One event, before it has a place in the log. Entries that do not apply are -1 (`value`: 0). */
export interface FeedEvent {
  /** Its number among all events of the run, logged or not. */
  event: number;
  /** The number of the event that led to it; -1 for one's own impulse. */
  cause: number;
  tick: number;
  /** Code of EVENT_KINDS. */
  kind: number;
  agent: number;
  /** The entry: the one made (post, repost), shown (exposure), or acted on (reaction, comment). */
  post: number;
  /** The original post it leads to. */
  root: number;
  /** The entry reposted, or the comment answered. */
  parent: number;
  /** The comment made. */
  comment: number;
  /** Position in the session's feed, from 0. */
  rank: number;
  /** Code of EXPOSURE_REASONS. */
  reason: number;
  /** The agent it is done to: followed, unfollowed, muted, blocked, suspended. */
  target: number;
  /** Exposure: ranking score. Reaction: code of REACTIONS. Comment, repost, quote: depth in the cascade. Read: posts shown. */
  value: number;
}

/** What exposures' scores are made of: NaN where an event is none, or its feed does not ask. Parts that no feed asks have no column. */
export type ScoreParts = { readonly [K in Part]?: Float32Array };

/** Events as columns, row by row in the order they happened; `firstSequence` numbers row 0. */
export type EventColumns = {
  readonly length: number;
  readonly firstSequence: number;
  readonly event: Float64Array;
  readonly cause: Float64Array;
  readonly value: Float32Array;
  /** Where they are asked for. */
  readonly parts?: ScoreParts;
} & { readonly [K in IntegerColumn]: Int32Array };

/** The names of the columns that every event has. */
export type EventColumn = keyof FeedEvent;

export const INTEGER_COLUMNS = [
  'tick',
  'kind',
  'agent',
  'post',
  'root',
  'parent',
  'comment',
  'rank',
  'reason',
  'target',
] as const;
type IntegerColumn = (typeof INTEGER_COLUMNS)[number];

/** Collects events until they are drained. */
export class EventBuffer {
  private readonly integers = Object.fromEntries(
    INTEGER_COLUMNS.map((name) => [name, new Int32Array(0)]),
  ) as Record<IntegerColumn, Int32Array>;
  private numbers: Float64Array = new Float64Array(0);
  private causes: Float64Array = new Float64Array(0);
  private values: Float32Array = new Float32Array(0);
  private readonly parts: Float32Array[];
  private length = 0;
  private sequence = 0;

  /** @param kept the parts of scores that are kept; nothing where none are asked for */
  constructor(private readonly kept: readonly Part[] | undefined) {
    this.parts = (kept ?? []).map(() => new Float32Array(0));
  }

  /**
   * @param parts what scores are made of, a number a row for each of those that are kept
   * @param scored the row of them that is the event's; -1 where it has none
   */
  append(event: FeedEvent, parts: Float32Array, scored: number): void {
    const row = this.length;
    if (row === this.values.length) this.grow(row + 1);
    const { integers } = this;
    integers.tick[row] = event.tick;
    integers.kind[row] = event.kind;
    integers.agent[row] = event.agent;
    integers.post[row] = event.post;
    integers.root[row] = event.root;
    integers.parent[row] = event.parent;
    integers.comment[row] = event.comment;
    integers.rank[row] = event.rank;
    integers.reason[row] = event.reason;
    integers.target[row] = event.target;
    this.numbers[row] = event.event;
    this.causes[row] = event.cause;
    this.values[row] = event.value;
    const width = this.parts.length;
    for (let part = 0; part < width; part += 1) {
      const column = this.parts[part] as Float32Array;
      column[row] = scored < 0 ? Number.NaN : (parts[scored * width + part] as number);
    }
    this.length += 1;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /**
   * Lends the rows collected so far and forgets them; sequence numbers go on. The columns are views: they hold until the next event
   * is collected. Copies of tens of megabytes a tick would have the whole heap collected again and again.
   */
  drain(): EventColumns {
    const { length } = this;
    const integers = Object.fromEntries(
      INTEGER_COLUMNS.map((name) => [name, this.integers[name].subarray(0, length)]),
    ) as Record<IntegerColumn, Int32Array>;
    const columns = {
      ...integers,
      event: this.numbers.subarray(0, length),
      cause: this.causes.subarray(0, length),
      value: this.values.subarray(0, length),
      ...(this.kept !== undefined && { parts: this.lentParts(this.kept) }),
      length,
      firstSequence: this.sequence,
    };
    this.sequence += length;
    this.length = 0;
    return columns;
  }

  private lentParts(kept: readonly Part[]): ScoreParts {
    return Object.fromEntries(kept.map((name, part) => [name, this.parts[part]?.subarray(0, this.length)]));
  }

  /** Rows handed over so far: where the next drained one stands. */
  get drained(): number {
    return this.sequence;
  }

  /** Goes on from another buffer that was drained. */
  continueFrom(sequence: number): void {
    this.sequence = sequence;
    this.length = 0;
  }

  private grow(length: number): void {
    for (const name of INTEGER_COLUMNS) this.integers[name] = withRoom(this.integers[name], length);
    this.numbers = withRoom(this.numbers, length);
    this.causes = withRoom(this.causes, length);
    this.values = withRoom(this.values, length);
    for (const [part, column] of this.parts.entries()) this.parts[part] = withRoom(column, length);
  }
}
