import { withRoom, zeros } from './columns.js';

/** Words of a row: half a cache line. The first holds kind, reason and rank; the last two are the cause. */
const WORDS = 8;
const POST = 1;
const EDGE = 2;
const TARGET = 3;
const ROOT = 4;
const VALUE = 5;
const CAUSE = 3;

/**
 * What agents mean to do in a tick, collected while everyone still sees the state of the tick's start. Each agent's
 * intents are one run of rows, so they can be collected in any order of agents and committed in agent order.
 */
export class Intents {
  length = 0;
  private words: Int32Array = new Int32Array(0);
  private floats: Float32Array = new Float32Array(0);
  private doubles: Float64Array = new Float64Array(0);
  /** What scores are made of, as many numbers a row as {@link reserveParts} is told, where they are asked for. */
  parts: Float32Array = new Float32Array(0);
  /** Rows of agent i: `starts[i]` up to `ends[i]`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  constructor(agents: number) {
    this.starts = zeros(Int32Array, agents);
    this.ends = zeros(Int32Array, agents);
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

  /** Adds a row; `place` says how the agent came by the entry. */
  add(kind: number, post: number, edge: number, target: number, place: Place, value: number): void {
    const at = this.length * WORDS;
    if (at === this.words.length) this.grow(at + WORDS);
    const { words } = this;
    words[at] = (place.rank << 16) | ((place.reason + 1) << 8) | kind;
    words[at + POST] = post;
    words[at + EDGE] = edge;
    words[at + TARGET] = target;
    words[at + ROOT] = place.root;
    this.floats[at + VALUE] = value;
    this.doubles[at / 2 + CAUSE] = place.cause;
    this.length += 1;
  }

  /** Code of EVENT_KINDS. */
  kind(row: number): number {
    return (this.words[row * WORDS] as number) & 0xff;
  }

  /** Code of EXPOSURE_REASONS, or -1. */
  reason(row: number): number {
    return (((this.words[row * WORDS] as number) >> 8) & 0xff) - 1;
  }

  rank(row: number): number {
    return (this.words[row * WORDS] as number) >> 16;
  }

  /** The entry meant; for a post, the draft. */
  post(row: number): number {
    return this.words[row * WORDS + POST] as number;
  }

  /** The edge to the author or reposter who brought the entry, or -1. */
  edge(row: number): number {
    return this.words[row * WORDS + EDGE] as number;
  }

  /** The comment meant, or of what is done to an agent that agent; otherwise -1. */
  target(row: number): number {
    return this.words[row * WORDS + TARGET] as number;
  }

  /** The original that the entry leads to, or -1. */
  root(row: number): number {
    return this.words[row * WORDS + ROOT] as number;
  }

  value(row: number): number {
    return this.floats[row * WORDS + VALUE] as number;
  }

  /** Of an exposure, the number of the event that led to it; otherwise it says nothing. */
  cause(row: number): number {
    return this.doubles[(row * WORDS) / 2 + CAUSE] as number;
  }

  /** Makes room for the parts of the score of the row added last. @returns where in {@link parts} they belong */
  reserveParts(width: number): number {
    const end = this.length * width;
    if (end > this.parts.length) this.parts = withRoom(this.parts, end);
    return end - width;
  }

  private grow(words: number): void {
    this.words = withRoom(this.words, words);
    const { buffer, length } = this.words;
    this.floats = new Float32Array(buffer, 0, length);
    this.doubles = new Float64Array(buffer, 0, length / 2);
  }
}

/** Where in a session's feed an entry stood, and why; the original that it leads to, and the number of the event that led to it. */
export interface Place {
  rank: number;
  reason: number;
  root: number;
  cause: number;
}
