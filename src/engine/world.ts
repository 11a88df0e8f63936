import { zeros } from './columns.js';
import { Audience } from './audience.js';
import { CommentStore } from './comment-store.js';
import type { FeedInput } from './feed-input.js';
import type { FeedSettings } from './feeds/index.js';
import { Effects } from './interventions/effects.js';
import { People } from './people.js';
import { PostStore } from './post-store.js';
import type { RootSet } from './root-set.js';
import { Barred, Ties } from './ties.js';

/** Posts an agent remembers having been shown; while it does, they are no candidates again. */
export const MEMORY = 64;
/** Numbers of four bytes in a cache line. */
const LINE = 16;
const NO_BURSTS = { gain: 0, halfLifeTicks: 1 };

/** The state of a run between two ticks: read by everyone in phase 1, changed only in phase 2. */
export class World {
  readonly posts: PostStore;
  readonly comments = new CommentStore();
  readonly ties: Ties;
  readonly barred: Barred;
  readonly people: People;
  readonly audience: Audience;
  /** What interventions change in sessions. */
  readonly effects: Effects;
  /** The latest comment addressed to an agent that it has not looked at, or -1. */
  readonly inbox: Int32Array;
  /** How many of its own drafts each agent has posted. */
  readonly posted: Int32Array;
  /** How often each agent has been shown anything. */
  readonly exposed: Int32Array;
  /** Agents that have been shown anything yet. */
  reached = 0;
  /** Entries below this one are too old to be candidates. */
  windowStart = 0;
  private readonly memory: Int32Array;
  private readonly remembered: Int32Array;

  constructor(readonly input: FeedInput) {
    const { agents, behaviour } = input;
    const { count } = agents;
    this.posts = new PostStore(count, input.drafts);
    this.ties = new Ties(input.graph);
    this.barred = new Barred(count);
    this.people = new People(count, behaviour.bursts ?? NO_BURSTS, input.opinions?.initial);
    this.effects = new Effects(this, input.interventions ?? []);
    this.audience = new Audience(audienceOf(input), agents);
    this.inbox = zeros(Int32Array, count).fill(-1);
    this.posted = zeros(Int32Array, count);
    this.exposed = zeros(Int32Array, count);
    this.memory = zeros(Int32Array, count * MEMORY);
    this.remembered = zeros(Int32Array, count);
  }

  /** Lets entries drop out of the window of candidates. */
  advanceWindow(tick: number): void {
    const oldest = tick - this.input.ranking.windowTicks;
    const { posts } = this;
    while (this.windowStart < posts.length && (posts.tick[this.windowStart] as number) < oldest) {
      this.windowStart += 1;
    }
  }

  remember(agent: number, root: number): void {
    const shown = this.remembered[agent] as number;
    if (shown === 0) this.reached += 1;
    this.memory[agent * MEMORY + (shown % MEMORY)] = root;
    this.remembered[agent] = shown + 1;
  }

  /** Loads what {@link remember} will write, without waiting for it. @returns something of it */
  touchPlace(agent: number): number {
    const place = agent * MEMORY + ((this.remembered[agent] as number) % MEMORY);
    return (this.memory[place] as number) | (this.exposed[agent] as number);
  }

  /** Loads what {@link recall} will read, without waiting for it. @returns something of it */
  touchMemory(agent: number): number {
    const { memory } = this;
    const from = agent * MEMORY;
    let sum = memory[from + MEMORY - 1] as number;
    for (let at = from; at < from + MEMORY; at += LINE) sum |= memory[at] as number;
    return sum;
  }

  /** Replaces what is in a set by the roots that an agent remembers. */
  recall(agent: number, set: RootSet): void {
    set.clear();
    const from = agent * MEMORY;
    const to = from + Math.min(this.remembered[agent] as number, MEMORY);
    for (let at = from; at < to; at += 1) set.add(this.memory[at] as number);
  }
}

/** Every feed that a run may show: the one it begins with, then those of interventions in their order. */
export function feedsOf({ ranking, interventions = [] }: FeedInput): FeedSettings[] {
  const first: FeedSettings = ranking.feed ?? { kind: 'affinity', weights: ranking.weights };
  return [first, ...interventions.flatMap((each) => (each.kind === 'feed' ? [each.feed] : []))];
}

function audienceOf(input: FeedInput): { likeness: boolean; groups: number } {
  const kinds = new Set([...feedsOf(input).map(({ kind }) => kind), ...(input.foreseen ?? [])]);
  // An expression may ask for anything.
  const asks = (kind: FeedSettings['kind']): boolean => kinds.has(kind) || kinds.has('custom');
  const groups = input.agents.group?.reduce((most, each) => Math.max(most, each + 1), 1) ?? 1;
  return { likeness: asks('collaborative'), groups: asks('bridging') ? groups : 0 };
}
