import type { Kernel } from './kernel.js';
import { eventStart, laneStart, MEASURES_ROW } from './layout.js';
import {
  ACTIVE,
  AGE_LIMIT,
  agentKey,
  draw,
  FULL_AFFINITY,
  KEPT,
  MEASURES,
  PICKED,
  POSTING,
  RING,
  scale,
  tickKey,
  WIDTH,
} from './model.js';
import { AFFINITY_BITS, AFFINITY_MASK, SWEPT_AGE, type World } from './world.js';

/** Where each measure is in a lane's row. */
const PLACE = Object.fromEntries(MEASURES.map((name, place) => [name, place])) as Record<
  (typeof MEASURES)[number],
  number
>;
/** What is known of an agent. */
const SEEN_READING = 1;
const SEEN_ACTING = 2;
/** Counters of a post. */
const LIKES = 0;
const REPOSTS = 1;
const REPLIES = 2;
/** Numbers of draws. */
const POST_DRAW = 1;
const PICK_DRAW = 2;
const VECTOR_DRAW = 40;
const ITEM_DRAW = 50;
/** Of 2^24: likes and other acts on a post that says nothing to its reader, and what its product adds. */
const LIKE_BASE = 838861;
const LIKE_SLOPE = 128;
const OTHER_BASE = 167772;
const OTHER_SLOPE = 32;
/** Score of a step of affinity, before the loss by age. */
const AFFINITY_WEIGHT = 4096;
const FRESH = 128;
const LOSS_PER_TICK = 6;
/** Ticks between two sweeps of stamps. */
const SWEEP = 64;

/**
 * The kernel as it is to be read: what docs/adr/0021 calls the reference. Every step names its formula; the numbers are in
 * model.ts.
 */
export class ReferenceKernel implements Kernel {
  private readonly first: number;
  private readonly end: number;
  private readonly firstEvent: number;
  private readonly lastEvent: number;
  /** Items of a session: slots, products with the reader's interests, scores, and edges, −1 from outside the network. */
  private readonly slots = new Int32Array(KEPT + PICKED);
  private readonly products = new Int32Array(KEPT + PICKED);
  private readonly scores = new Int32Array(KEPT);
  private readonly itemEdges = new Int32Array(KEPT + PICKED);
  private shown = 0;
  private made = 0;
  /** Where the lane's new posts of this tick begin in `recent` and `newVectors`. */
  private newest = 0;
  private nextEvent = 0;
  private readonly measures: Float64Array;

  constructor(
    private readonly world: World,
    private readonly lane: number,
  ) {
    this.first = laneStart(world.layout, lane);
    this.end = laneStart(world.layout, lane + 1);
    this.firstEvent = eventStart(world.layout, lane);
    this.lastEvent = eventStart(world.layout, lane + 1);
    this.measures = world.measures.subarray(lane * MEASURES_ROW, (lane + 1) * MEASURES_ROW);
  }

  /** Every agent is active with probability 0.1; one that is posts with probability 0.3, and otherwise reads. */
  act(tick: number): void {
    const key = tickKey(this.world.layout.seed, tick);
    const total = this.newlyMade(tick - 1);
    this.made = 0;
    this.newest = (tick & 1) * this.world.layout.agents + this.first;
    this.nextEvent = this.firstEvent;
    this.measures.fill(0);
    for (let agent = this.first; agent < this.end; agent += 1) {
      const own = agentKey(key, agent);
      if (own >>> 0 >= ACTIVE) continue;
      this.count('active', 1);
      if (draw(own, POST_DRAW) < POSTING) {
        this.compose(agent, own);
        this.note(agent, SEEN_ACTING);
        this.count('posts', 1);
      } else {
        this.read(agent, own, tick, total);
      }
    }
    this.world.eventCounts[this.lane] = this.nextEvent - this.firstEvent;
    this.world.recentCounts[(tick & 1) * this.world.layout.lanes + this.lane] = this.made;
  }

  private count(measure: (typeof MEASURES)[number], by: number): void {
    const place = PLACE[measure];
    this.measures[place] = (this.measures[place] as number) + by;
  }

  /** Counts an agent that was shown something, or did something, for the first time. */
  private note(agent: number, bits: number): void {
    const before = this.world.seen[agent] as number;
    const gained = bits & ~before;
    this.world.seen[agent] = before | bits;
    if ((gained & SEEN_READING) !== 0) this.count('reached', 1);
    if ((gained & SEEN_ACTING) !== 0) this.count('acted', 1);
  }

  /** How many posts all lanes made in a tick. */
  private newlyMade(tick: number): number {
    const { lanes } = this.world.layout;
    let total = 0;
    for (let lane = 0; lane < lanes; lane += 1) {
      total += this.world.recentCounts[(tick & 1) * lanes + lane] as number;
    }
    return total;
  }

  /** A new post, three parts interest and one part chance: `(3 × interest + byte − 128) >> 2`, four bytes a draw. */
  private compose(author: number, key: number): void {
    const { interests, newVectors } = this.world;
    const out = this.publish(author);
    for (let d = 0; d < WIDTH; d += 1) {
      const byte = (draw(key, VECTOR_DRAW + (d >> 2)) >>> (8 * (d & 3))) & 255;
      newVectors[out + d] = (3 * (interests[author * WIDTH + d] as number) + byte - 128) >> 2;
    }
  }

  /** The author of a new post is written down. @returns where its vector goes */
  private publish(author: number): number {
    this.world.newAuthors[this.first + this.made] = author;
    this.made += 1;
    return (this.newest + this.made - 1) * WIDTH;
  }

  private read(agent: number, key: number, tick: number, total: number): void {
    this.shown = 0;
    this.lookAtNetwork(agent, tick);
    this.lookOutside(agent, key, tick, total);
    const eventsBefore = this.nextEvent;
    let reposted = false;
    for (let item = 0; item < this.shown; item += 1) {
      const product = this.products[item] as number;
      const other = OTHER_BASE + OTHER_SLOPE * product;
      const number = ITEM_DRAW + 3 * item;
      this.count('views', 1);
      this.count('alignment', product >> 8);
      if (draw(key, number) >>> 8 < LIKE_BASE + LIKE_SLOPE * product) this.like(item);
      if (!reposted && draw(key, number + 1) >>> 8 < other) {
        reposted = true;
        this.repost(agent, item);
      }
      if (draw(key, number + 2) >>> 8 < other) {
        this.addEvent(item, REPLIES);
        this.count('replies', 1);
      }
    }
    const idle = this.nextEvent === eventsBefore;
    if (idle) this.count('idle', 1);
    this.note(agent, (this.shown > 0 ? SEEN_READING : 0) | (idle ? 0 : SEEN_ACTING));
  }

  /** The eight best of the followees' posts that are young enough: `(product + 4096 × affinity) × (128 − 6 × age)`. */
  private lookAtNetwork(agent: number, tick: number): void {
    const { rowStarts, edges, stamps } = this.world;
    const end = rowStarts[agent + 1] as number;
    for (let edge = rowStarts[agent] as number; edge < end; edge += 1) {
      const word = edges[edge] as number;
      const ring = (word >>> AFFINITY_BITS) * RING;
      for (let slot = ring; slot < ring + RING; slot += 1) {
        const age = (tick - (stamps[slot] as number)) & 255;
        if (age > AGE_LIMIT) continue;
        const product = this.productOf(agent, slot);
        const score = (product + AFFINITY_WEIGHT * (word & AFFINITY_MASK)) * (FRESH - LOSS_PER_TICK * age);
        this.consider(slot, edge, product, score);
      }
    }
  }

  /** Keeps an item if it is among the best so far; of equal ones, the earlier is the better. */
  private consider(slot: number, edge: number, product: number, score: number): void {
    const { slots, itemEdges, products, scores } = this;
    if (this.shown === KEPT && score <= (scores[KEPT - 1] as number)) return;
    let place = Math.min(this.shown, KEPT - 1);
    if (this.shown < KEPT) this.shown += 1;
    for (; place > 0 && (scores[place - 1] as number) < score; place -= 1) {
      slots[place] = slots[place - 1] as number;
      itemEdges[place] = itemEdges[place - 1] as number;
      products[place] = products[place - 1] as number;
      scores[place] = scores[place - 1] as number;
    }
    slots[place] = slot;
    itemEdges[place] = edge;
    products[place] = product;
    scores[place] = score;
  }

  /** Two of the posts newly made in the tick before, anybody's but the reader's own: number `(draw × total) >>> 32`. */
  private lookOutside(agent: number, key: number, tick: number, total: number): void {
    if (total === 0) return;
    for (let pick = 0; pick < PICKED; pick += 1) {
      const slot = this.recentSlot(scale(draw(key, PICK_DRAW + pick), total), (tick - 1) & 1);
      if (Math.floor(slot / RING) === agent) continue;
      this.slots[this.shown] = slot;
      this.products[this.shown] = this.productOf(agent, slot);
      this.itemEdges[this.shown] = -1;
      this.shown += 1;
    }
  }

  /** The slot of a post by its number among those newly made, which lie lane by lane and so in the order of authors. */
  private recentSlot(number: number, parity: number): number {
    const { layout, recent, recentCounts } = this.world;
    let left = number;
    let lane = 0;
    for (; left >= (recentCounts[parity * layout.lanes + lane] as number); lane += 1) {
      left -= recentCounts[parity * layout.lanes + lane] as number;
    }
    return recent[parity * layout.agents + laneStart(layout, lane) + left] as number;
  }

  /** The scalar product of an agent's interests and a post. */
  private productOf(agent: number, slot: number): number {
    const { interests, vectors } = this.world;
    const a = agent * WIDTH;
    const b = slot * WIDTH;
    let sum = 0;
    for (let d = 0; d < WIDTH; d += 1) {
      sum = (sum + (interests[a + d] as number) * (vectors[b + d] as number)) | 0;
    }
    return sum;
  }

  /** A like of a followee's post brings the reader closer to it, at once: nobody else reads the reader's edges. */
  private like(item: number): void {
    const { edges } = this.world;
    const edge = this.itemEdges[item] as number;
    this.count('likes', 1);
    this.addEvent(item, LIKES);
    if (edge < 0) return;
    const word = edges[edge] as number;
    if ((word & AFFINITY_MASK) < FULL_AFFINITY) edges[edge] = word + 1;
  }

  /** A new post with the same vector. */
  private repost(agent: number, item: number): void {
    const from = (this.slots[item] as number) * WIDTH;
    this.count('reposts', 1);
    this.addEvent(item, REPOSTS);
    const out = this.publish(agent);
    for (let d = 0; d < WIDTH; d += 1) {
      this.world.newVectors[out + d] = this.world.vectors[from + d] as number;
    }
  }

  private addEvent(item: number, counter: number): void {
    if (this.nextEvent === this.lastEvent) throw new Error('a lane of FeedSim has more events than room');
    this.world.events[this.nextEvent] = (this.slots[item] as number) * 4 + counter;
    this.nextEvent += 1;
  }

  /** Counts what happened to the posts of the lane's agents, wherever it happened, and then makes their new posts. */
  commit(tick: number): void {
    const { world } = this;
    for (let lane = 0; lane < world.layout.lanes; lane += 1) this.countEvents(lane);
    for (let n = 0; n < this.made; n += 1) {
      const author = world.newAuthors[this.first + n] as number;
      const head = world.heads[author] as number;
      const slot = author * RING + head;
      world.heads[author] = (head + 1) % RING;
      world.stamps[slot] = tick;
      world.counts.fill(0, slot * 4, slot * 4 + 4);
      const from = (this.newest + n) * WIDTH;
      for (let d = 0; d < WIDTH; d += 1) {
        world.vectors[slot * WIDTH + d] = world.newVectors[from + d] as number;
      }
      world.recent[this.newest + n] = slot;
    }
    if (tick % SWEEP === 0) this.sweep(tick);
  }

  private countEvents(lane: number): void {
    const { layout, events, eventCounts, counts } = this.world;
    const from = eventStart(layout, lane);
    const first = this.first * RING * 4;
    const end = this.end * RING * 4;
    for (let event = from; event < from + (eventCounts[lane] as number); event += 1) {
      const counter = events[event] as number;
      if (counter >= first && counter < end) counts[counter] = (counts[counter] as number) + 1;
    }
  }

  /** Stamps are ticks modulo 256: posts that are too old get the same age again, lest they come round as new. */
  private sweep(tick: number): void {
    const { stamps } = this.world;
    for (let slot = this.first * RING; slot < this.end * RING; slot += 1) {
      const age = (tick - (stamps[slot] as number)) & 255;
      if (age > AGE_LIMIT) stamps[slot] = tick - SWEPT_AGE;
    }
  }
}
