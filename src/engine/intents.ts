import { withRoom } from './columns.js';
import { SCORE_PARTS } from './event-buffer.js';

/**
 * What agents mean to do in a tick, collected while everyone still sees the state of the tick's start. Each agent's
 * intents are one run of rows, so they can be collected in any order of agents and committed in agent order.
 */
export class Intents {
  length = 0;
  /** Code of EVENT_KINDS. */
  kind: Int32Array = new Int32Array(0);
  /** The entry meant; for a post, the draft. */
  post: Int32Array = new Int32Array(0);
  /** The edge to the author or reposter who brought the entry, or -1. */
  edge: Int32Array = new Int32Array(0);
  /** The comment meant, or of what is done to an agent that agent; otherwise -1. */
  target: Int32Array = new Int32Array(0);
  rank: Int32Array = new Int32Array(0);
  reason: Int32Array = new Int32Array(0);
  value: Float32Array = new Float32Array(0);
  /** What scores are made of, four numbers a row, where they are asked for. */
  parts: Float32Array = new Float32Array(0);
  /** Rows of agent i: `starts[i]` up to `ends[i]`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  constructor(agents: number) {
    this.starts = new Int32Array(agents);
    this.ends = new Int32Array(agents);
  }

  clear(): void {
    this.length = 0;
    this.starts.fill(0);
    this.ends.fill(0);
  }

  open(agent: number): void {
    this.starts[agent] = this.length;
  }

  close(agent: number): void {
    this.ends[agent] = this.length;
  }

  /** Adds a row; `rank` and `reason` say how the agent came by the entry. */
  add(kind: number, post: number, edge: number, target: number, place: Place, value: number): void {
    const row = this.length;
    if (row === this.kind.length) this.grow(row + 1);
    this.kind[row] = kind;
    this.post[row] = post;
    this.edge[row] = edge;
    this.target[row] = target;
    this.rank[row] = place.rank;
    this.reason[row] = place.reason;
    this.value[row] = value;
    this.length += 1;
  }

  /** Says what the score of the row added last is made of. */
  noteParts(affinity: number, interest: number, recency: number, popularity: number): void {
    const end = this.length * SCORE_PARTS.length;
    if (end > this.parts.length) this.parts = withRoom(this.parts, end);
    const at = end - SCORE_PARTS.length;
    this.parts[at] = affinity;
    this.parts[at + 1] = interest;
    this.parts[at + 2] = recency;
    this.parts[at + 3] = popularity;
  }

  private grow(length: number): void {
    this.kind = withRoom(this.kind, length);
    this.post = withRoom(this.post, length);
    this.edge = withRoom(this.edge, length);
    this.target = withRoom(this.target, length);
    this.rank = withRoom(this.rank, length);
    this.reason = withRoom(this.reason, length);
    this.value = withRoom(this.value, length);
  }
}

/** Where in a session's feed an entry stood, and why. */
export interface Place {
  rank: number;
  reason: number;
}
