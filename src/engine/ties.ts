import { bump, withRoom, zeros } from './columns.js';
import type { Graph } from './graph.js';

/** Affinity that a follow made during a run begins with. */
const FIRST_AFFINITY = 0.25;

/**
 * Who follows whom now: the graph as it was at the start, which is never rewritten, with the edges that were cut and those that
 * were added. The number of an edge is its place in the graph's rows or, for an added one, their length and its place here.
 */
export class Ties {
  /** For each edge of the graph, 1 where it was cut. */
  readonly cut: Uint8Array;
  /** The affinity of each edge of the graph now. */
  readonly strength: Float32Array;
  /** How many followers each agent has. */
  readonly followers: Int32Array;
  /** How many each agent follows. */
  readonly following: Int32Array;
  /** The edges added last for an agent, or -1, and behind each the one before. */
  readonly first: Int32Array;
  next: Int32Array = new Int32Array(0);
  target: Int32Array = new Int32Array(0);
  addedAffinity: Float32Array = new Float32Array(0);
  addedCut: Uint8Array = new Uint8Array(0);
  added = 0;

  constructor(private readonly graph: Graph) {
    const { count, offsets, followees } = graph;
    this.cut = zeros(Uint8Array, followees.length);
    this.strength = zeros(Float32Array, followees.length);
    this.strength.set(graph.affinity);
    this.followers = zeros(Int32Array, count);
    this.following = zeros(Int32Array, count);
    this.first = zeros(Int32Array, count).fill(-1);
    for (const followee of followees) bump(this.followers, followee);
    for (let agent = 0; agent < count; agent += 1) {
      this.following[agent] = (offsets[agent + 1] as number) - (offsets[agent] as number);
    }
  }

  /** Whom an edge leads to. */
  followee(edge: number): number {
    const { followees } = this.graph;
    return (edge < followees.length ? followees[edge] : this.target[edge - followees.length]) as number;
  }

  affinity(edge: number): number {
    const { strength } = this;
    return (edge < strength.length ? strength[edge] : this.addedAffinity[edge - strength.length]) as number;
  }

  /** Moves an edge's affinity a share of the way to a goal. */
  adapt(edge: number, share: number, goal: number): void {
    if (edge < 0 || share === 0) return;
    const added = edge - this.strength.length;
    const column = added < 0 ? this.strength : this.addedAffinity;
    const place = added < 0 ? edge : added;
    const before = column[place] as number;
    column[place] = before + share * (goal - before);
  }

  /** The edge from an agent to another, also one that was cut; -1 when there never was one. */
  find(agent: number, other: number): number {
    const { offsets, followees } = this.graph;
    let low = offsets[agent] as number;
    let high = offsets[agent + 1] as number;
    const end = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((followees[middle] as number) < other) low = middle + 1;
      else high = middle;
    }
    if (low < end && followees[low] === other) return low;
    for (let added = this.first[agent] as number; added >= 0; added = this.next[added] as number) {
      if (this.target[added] === other) return followees.length + added;
    }
    return -1;
  }

  /** Whether an edge is there, and was not cut. */
  holds(edge: number): boolean {
    if (edge < 0) return false;
    const added = edge - this.cut.length;
    return (added < 0 ? this.cut[edge] : this.addedCut[added]) === 0;
  }

  /** Makes an agent follow another. @returns whether it did not before */
  follow(agent: number, other: number): boolean {
    const edge = this.find(agent, other);
    if (agent === other || this.holds(edge)) return false;
    if (edge < 0) this.append(agent, other);
    else this.mark(edge, 0);
    bump(this.followers, other);
    bump(this.following, agent);
    return true;
  }

  /** Makes an agent follow another no longer. @returns whether it did before */
  unfollow(agent: number, other: number): boolean {
    const edge = this.find(agent, other);
    if (!this.holds(edge)) return false;
    this.mark(edge, 1);
    this.followers[other] = (this.followers[other] as number) - 1;
    this.following[agent] = (this.following[agent] as number) - 1;
    return true;
  }

  /** Visits everybody whom anybody follows now. */
  each(visit: (agent: number, followee: number) => void): void {
    const { count, offsets, followees } = this.graph;
    for (let agent = 0; agent < count; agent += 1) {
      const end = offsets[agent + 1] as number;
      for (let edge = offsets[agent] as number; edge < end; edge += 1)
        if (this.cut[edge] === 0) visit(agent, followees[edge] as number);
      for (let added = this.first[agent] as number; added >= 0; added = this.next[added] as number)
        if (this.addedCut[added] === 0) visit(agent, this.target[added] as number);
    }
  }

  /** The network as it is now, in rows of its own. */
  now(): Graph {
    const { count } = this.graph;
    const offsets = zeros(Uint32Array, count + 1);
    for (let agent = 0; agent < count; agent += 1) {
      offsets[agent + 1] = (offsets[agent] as number) + (this.following[agent] as number);
    }
    const followees = zeros(Uint32Array, offsets[count] as number);
    const affinity = zeros(Float32Array, followees.length);
    let length = 0;
    for (let agent = 0; agent < count; agent += 1) {
      for (const edge of this.edgesOf(agent)) {
        followees[length] = this.followee(edge);
        affinity[length] = this.affinity(edge);
        length += 1;
      }
    }
    return { count, offsets, followees, affinity };
  }

  /** The edges of an agent that hold, by whom they lead to. */
  private edgesOf(agent: number): number[] {
    const { offsets, followees } = this.graph;
    const end = offsets[agent + 1] as number;
    const edges: number[] = [];
    for (let edge = offsets[agent] as number; edge < end; edge += 1) if (this.holds(edge)) edges.push(edge);
    const old = edges.length;
    for (let added = this.first[agent] as number; added >= 0; added = this.next[added] as number) {
      if (this.holds(followees.length + added)) edges.push(followees.length + added);
    }
    return edges.length === old ? edges : edges.toSorted((a, b) => this.followee(a) - this.followee(b));
  }

  private mark(edge: number, cut: number): void {
    const added = edge - this.cut.length;
    if (added < 0) this.cut[edge] = cut;
    else this.addedCut[added] = cut;
  }

  private append(agent: number, other: number): void {
    const row = this.added;
    this.next = withRoom(this.next, row + 1);
    this.target = withRoom(this.target, row + 1);
    this.addedAffinity = withRoom(this.addedAffinity, row + 1);
    this.addedCut = withRoom(this.addedCut, row + 1);
    this.next[row] = this.first[agent] as number;
    this.target[row] = other;
    this.addedAffinity[row] = FIRST_AFFINITY;
    this.first[agent] = row;
    this.added += 1;
  }
}

/** Whom agents do not see: a list for each agent, mostly empty. */
export class Barred {
  readonly first: Int32Array;
  next: Int32Array = new Int32Array(0);
  other: Int32Array = new Int32Array(0);
  length = 0;

  constructor(agents: number) {
    this.first = zeros(Int32Array, agents).fill(-1);
  }

  has(agent: number, other: number): boolean {
    for (let row = this.first[agent] as number; row >= 0; row = this.next[row] as number) {
      if (this.other[row] === other) return true;
    }
    return false;
  }

  /** Hides one agent from another. @returns whether it was not hidden before */
  add(agent: number, other: number): boolean {
    if (this.has(agent, other)) return false;
    const row = this.length;
    this.next = withRoom(this.next, row + 1);
    this.other = withRoom(this.other, row + 1);
    this.next[row] = this.first[agent] as number;
    this.other[row] = other;
    this.first[agent] = row;
    this.length += 1;
    return true;
  }
}
