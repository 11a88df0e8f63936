import { withFloatRoom, withRoom } from './columns.js';

/** One event, before it has a place in the log. Entries that do not apply are -1 (`value`: 0). */
export interface FeedEvent {
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
  /** Exposure: ranking score. Reaction: code of REACTIONS. Comment, repost: depth in the cascade. */
  value: number;
}

/** Events as columns, row by row in the order they happened; `firstSequence` numbers row 0. */
export type EventColumns = { readonly length: number; readonly firstSequence: number } & {
  readonly [K in Exclude<keyof FeedEvent, 'value'>]: Int32Array;
} & { readonly value: Float32Array };

const INTEGER_COLUMNS = [
  'tick',
  'kind',
  'agent',
  'post',
  'root',
  'parent',
  'comment',
  'rank',
  'reason',
] as const;
type IntegerColumn = (typeof INTEGER_COLUMNS)[number];

/** Collects events until they are drained. */
export class EventBuffer {
  private readonly integers = Object.fromEntries(
    INTEGER_COLUMNS.map((name) => [name, new Int32Array(0)]),
  ) as Record<IntegerColumn, Int32Array>;
  private values: Float32Array = new Float32Array(0);
  private length = 0;
  private sequence = 0;

  append(event: FeedEvent): void {
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
    this.values[row] = event.value;
    this.length += 1;
  }

  /** Hands over the rows collected so far and forgets them; sequence numbers go on. */
  drain(): EventColumns {
    const { length } = this;
    const integers = Object.fromEntries(
      INTEGER_COLUMNS.map((name) => [name, this.integers[name].slice(0, length)]),
    ) as Record<IntegerColumn, Int32Array>;
    const columns = {
      ...integers,
      value: this.values.slice(0, length),
      length,
      firstSequence: this.sequence,
    };
    this.sequence += length;
    this.length = 0;
    return columns;
  }

  private grow(length: number): void {
    for (const name of INTEGER_COLUMNS) this.integers[name] = withRoom(this.integers[name], length);
    this.values = withFloatRoom(this.values, length);
  }
}
