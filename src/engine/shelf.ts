import { withRoom } from './columns.js';

/** The best of the candidates offered, best first; of equal ones the earlier stands higher, and of one root only the best is kept. */
export class Shelf {
  length = 0;
  readonly post: Int32Array;
  readonly root: Int32Array;
  readonly edge: Int32Array;
  readonly score: Float64Array;
  /** Likeness of the topic and the reader's interests, where the ranking asked for it; otherwise NaN. */
  readonly interest: Float64Array;

  constructor(readonly size: number) {
    this.post = new Int32Array(size);
    this.root = new Int32Array(size);
    this.edge = new Int32Array(size);
    this.score = new Float64Array(size);
    this.interest = new Float64Array(size);
  }

  clear(): void {
    this.length = 0;
  }

  offer(post: number, root: number, edge: number, score: number, interest: number): void {
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
    this.post[slot] = post;
    this.root[slot] = root;
    this.edge[slot] = edge;
    this.score[slot] = score;
    this.interest[slot] = interest;
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

  private holds(root: number): boolean {
    for (let at = 0; at < this.length; at += 1) if (this.root[at] === root) return true;
    return false;
  }

  private copy(source: Shelf, from: number, to: number): void {
    this.post[to] = source.post[from] as number;
    this.root[to] = source.root[from] as number;
    this.edge[to] = source.edge[from] as number;
    this.score[to] = source.score[from] as number;
    this.interest[to] = source.interest[from] as number;
  }
}

/** Entries that a session could see, with the edges that brought them. */
export class Candidates {
  length = 0;
  post: Int32Array = new Int32Array(0);
  edge: Int32Array = new Int32Array(0);

  add(post: number, edge: number): void {
    if (this.length === this.post.length) {
      this.post = withRoom(this.post, this.length + 1);
      this.edge = withRoom(this.edge, this.length + 1);
    }
    this.post[this.length] = post;
    this.edge[this.length] = edge;
    this.length += 1;
  }
}
