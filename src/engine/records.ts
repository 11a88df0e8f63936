import { withRoom } from './columns.js';
import type { FeedDrafts } from './feed-input.js';
import { DIMENSIONS } from './vectors.js';

/** Words of a record: one cache line. */
const WORDS = 16;
/** Rows of {@link DIMENSIONS} bytes in a record, and the one that is the topic. */
const ROWS = (WORDS * 4) / DIMENSIONS;
const TOPIC_ROW = 1;
/** The words of a record; four to seven are the topic, twelve and thirteen the event's number. What sessions look at is in front. */
const ROOT = 0;
const AUTHOR = 1;
const ORIGIN = 2;
const TICK = 3;
const QUALITY = 8;
const POINTS = 9;
const FLAGS = 10;
const LIFT = 11;
const EVENT = 6;
const POINTS_OF_A_HALF = 8;

/**
 * What is looked at of a candidate, beside each other: columns would cost a cache miss each. A record repeats what the columns of
 * posts and drafts say, but for its flags, its points and the number of its event, which are here alone.
 */
export class Records {
  words: Int32Array = new Int32Array(0);
  /** Every flag that any entry was ever marked with. */
  marks = 0;
  // Views of the words, not enumerable: a checkpoint holds the words alone.
  #bytes: Int8Array = new Int8Array(0);
  #floats: Float32Array = new Float32Array(0);
  #doubles: Float64Array = new Float64Array(0);

  reserve(entries: number): void {
    const words = withRoom(this.words, entries * WORDS);
    if (words === this.words) return;
    this.words = words;
    this.refresh();
  }

  /** The words are in other memory now. */
  refresh(): void {
    const { buffer, byteOffset, length } = this.words;
    // Of a stated length: views that follow memory as it grows are slower.
    this.#bytes = new Int8Array(buffer, byteOffset, length * 4);
    this.#floats = new Float32Array(buffer, byteOffset, length);
    this.#doubles = new Float64Array(buffer, byteOffset, length / 2);
  }

  /** @param topics rows of all drafts, of which `draft` is the entry's */
  write(
    entry: number,
    made: Readonly<Record<'author' | 'origin' | 'root' | 'tick', number>>,
    draft: number,
    texts: Pick<FeedDrafts, 'topics' | 'quality' | 'lift'>,
  ): void {
    const at = entry * WORDS;
    const { words } = this;
    words.fill(0, at, at + WORDS);
    words[at + ROOT] = made.root;
    words[at + AUTHOR] = made.author;
    words[at + ORIGIN] = made.origin;
    words[at + TICK] = made.tick;
    this.#floats[at + QUALITY] = texts.quality[draft] as number;
    this.#floats[at + LIFT] = texts.lift?.[draft] ?? 0;
    const topic = this.topicRow(entry) * DIMENSIONS;
    for (let d = 0; d < DIMENSIONS; d += 1) {
      this.#bytes[topic + d] = texts.topics[draft * DIMENSIONS + d] as number;
    }
  }

  root(entry: number): number {
    return this.words[entry * WORDS + ROOT] as number;
  }

  author(entry: number): number {
    return this.words[entry * WORDS + AUTHOR] as number;
  }

  /** The author of the root. */
  origin(entry: number): number {
    return this.words[entry * WORDS + ORIGIN] as number;
  }

  /** Loads the records of some entries, without waiting for them. @returns something of them */
  touch(entries: Int32Array, roots: Int32Array, count: number): number {
    const { words } = this;
    let sum = 0;
    for (let n = 0; n < count; n += 1)
      sum |=
        (words[(entries[n] as number) * WORDS] as number) | (words[(roots[n] as number) * WORDS] as number);
    return sum;
  }

  tick(entry: number): number {
    return this.words[entry * WORDS + TICK] as number;
  }

  quality(entry: number): number {
    return this.#floats[entry * WORDS + QUALITY] as number;
  }

  /** Log-odds that what the text is like adds. */
  lift(entry: number): number {
    return this.#floats[entry * WORDS + LIFT] as number;
  }

  /** The number of the event that made an entry. */
  event(entry: number): number {
    return this.#doubles[(entry * WORDS) / 2 + EVENT] as number;
  }

  noteEvent(entry: number, event: number): void {
    this.#doubles[(entry * WORDS) / 2 + EVENT] = event;
  }

  /** Rows of topics: that of an entry is `topics` at `topicRow(entry)`. */
  get topics(): Int8Array {
    return this.#bytes;
  }

  topicRow(entry: number): number {
    return entry * ROWS + TOPIC_ROW;
  }

  /** What readers did with a root, in [0, 1): a half at eight points. */
  popularity(root: number): number {
    const points = this.words[root * WORDS + POINTS] as number;
    return points / (points + POINTS_OF_A_HALF);
  }

  addPoints(root: number, points: number): void {
    const at = root * WORDS + POINTS;
    this.words[at] = (this.words[at] as number) + points;
  }

  /** Whether an entry, or what it leads to, was marked with one of some flags. */
  is(entry: number, flags: number): boolean {
    if ((this.marks & flags) === 0) return false;
    const own = this.words[entry * WORDS + FLAGS] as number;
    return ((own | (this.words[this.root(entry) * WORDS + FLAGS] as number)) & flags) !== 0;
  }

  mark(entry: number, flags: number): void {
    const at = entry * WORDS + FLAGS;
    this.words[at] = (this.words[at] as number) | flags;
    this.marks |= flags;
  }
}
