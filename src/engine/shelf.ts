import { withRoom } from './columns.js';

/** The best of the candidates offered, best first; of equal ones the earlier stands higher, and of one root only the best is kept. */
export class Shelf {
  length = 0;
  /** Which candidate it is. */
  readonly place: Int32Array;
  readonly root: Int32Array;
  readonly score: Float64Array;
  /** What the candidate holds, once it was looked up by {@link settle}. */
  readonly post: Int32Array;
  readonly edge: Int32Array;
  readonly interest: Float64Array;

  constructor(readonly size: number) {
    this.place = new Int32Array(size);
    this.root = new Int32Array(size);
    this.score = new Float64Array(size);
    this.post = new Int32Array(size);
    this.edge = new Int32Array(size);
    this.interest = new Float64Array(size);
  }

  clear(): void {
    this.length = 0;
  }

  offer(place: number, root: number, score: number): void {
    const { size } = this;
    if (this.length === size && score <= (this.score[size - 1] as number)) return;
    let slot = this.length;
    for (let at = 0; at < this.length; at += 1) {
      if (this.root[at] !== root) continue;
      if (score <= (this.score[at] as number)) return;
      slot = at;
      break;
    }
    if (slot === size) slot -= 1;
    else if (slot === this.length) this.length += 1;
    for (; slot > 0 && score > (this.score[slot - 1] as number); slot -= 1) this.copy(this, slot - 1, slot);
    this.place[slot] = place;
    this.root[slot] = root;
    this.score[slot] = score;
  }

  /** Takes the best `first` of one shelf and the best `second` of another, which is to hold as many, in the order of scores. */
  merge(one: Shelf, first: number, two: Shelf, second: number): void {
    this.length = 0;
    let a = 0;
    let b = 0;
    while (a < first || b < second) {
      const takesOne = b >= second || (a < first && (one.score[a] as number) >= (two.score[b] as number));
      const from = takesOne ? one : two;
      const at = takesOne ? a++ : b++;
      if (this.holds(from.root[at] as number)) continue;
      this.copy(from, at, this.length);
      this.length += 1;
    }
  }

  /** Looks up what the candidates on the shelf hold. */
  settle(candidates: Candidates): void {
    for (let at = 0; at < this.length; at += 1) {
      const place = this.place[at] as number;
      this.post[at] = candidates.post[place] as number;
      this.edge[at] = candidates.edge[place] as number;
      this.interest[at] = candidates.interest[place] as number;
    }
  }

  private holds(root: number): boolean {
    for (let at = 0; at < this.length; at += 1) if (this.root[at] === root) return true;
    return false;
  }

  private copy(source: Shelf, from: number, to: number): void {
    this.place[to] = source.place[from] as number;
    this.root[to] = source.root[from] as number;
    this.score[to] = source.score[from] as number;
  }
}

/** Entries that a session could see, with the edges that brought them. */
export class Candidates {
  length = 0;
  post: Int32Array = new Int32Array(0);
  edge: Int32Array = new Int32Array(0);
  /** What they lead to, where that was looked up. */
  root: Int32Array = new Int32Array(0);
  /** Likeness of the topic and the reader's interests, where the ranking asked for it; otherwise NaN. */
  interest: Float64Array = new Float64Array(0);

  /** Makes room for some more. */
  reserve(more: number): void {
    const length = this.length + more;
    if (length <= this.post.length) return;
    this.post = withRoom(this.post, length);
    this.edge = withRoom(this.edge, length);
    this.root = withRoom(this.root, length);
    this.interest = withRoom(this.interest, length);
  }

  add(post: number, edge: number): void {
    this.reserve(1);
    this.post[this.length] = post;
    this.edge[this.length] = edge;
    this.length += 1;
  }
}
