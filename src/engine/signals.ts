import type { FeedInput } from './feed-input.js';
import { exp, mix32 } from './math.js';
import { similarity } from './vectors.js';
import type { World } from './world.js';

const LN2 = 0.6931471805599453;
/** Views that a post is taken to have had before anybody saw it, and what came of them, so that rates are known from the start. */
const PRIOR_VIEWS = 20;

/** The signals that scores are made of, by their names in expressions and logs. */
export const PARTS = [
  'affinity',
  'interest',
  'recency',
  'popularity',
  'age',
  'born',
  'quality',
  'shown',
  'reactions',
  'comments',
  'reposts',
  'followers',
  'alikes',
  'approval',
  'chance',
] as const satisfies readonly (keyof Signals)[];
export type Part = (typeof PARTS)[number];

/** What a feed can know of a candidate. Everything is read from the state at the tick's start, when it is asked for. */
export class Signals {
  agent = 0;
  tick = 0;
  /** The entry, the original it leads to, and the edge that brought it; -1 from outside the network. */
  post = 0;
  root = 0;
  edge = -1;
  /** The interest, once it was asked for; until then NaN. */
  knownInterest = Number.NaN;
  private readonly recencies: Float64Array;

  constructor(private readonly world: World) {
    const { windowTicks, halfLifeTicks } = world.input.ranking;
    this.recencies = Float64Array.from({ length: windowTicks + 1 }, (_, age) =>
      exp((-LN2 * age) / halfLifeTicks),
    );
  }

  /** Another candidate is looked at. */
  forget(): void {
    this.knownInterest = Number.NaN;
  }

  /** Of the reader to the author or reposter, 0 to 1; 0 from outside the network. */
  get affinity(): number {
    return this.edge < 0 ? 0 : this.world.ties.affinity(this.edge);
  }

  /** Likeness of the topic and the reader's interests, about -1 to 1. */
  get interest(): number {
    if (!Number.isNaN(this.knownInterest)) return this.knownInterest;
    const { posts, input } = this.world;
    const { records } = posts;
    this.knownInterest = similarity(
      input.agents.interests,
      this.agent,
      records.topics,
      records.topicRow(this.post),
    );
    return this.knownInterest;
  }

  /** 1 for an entry of this tick, halved every half-life. */
  get recency(): number {
    return this.recencies[this.age] as number;
  }

  /** Ticks since the entry was made. */
  get age(): number {
    return this.tick - this.world.posts.records.tick(this.post);
  }

  /** Ticks from the start to the moment the original was made. */
  get born(): number {
    return this.world.posts.tick[this.root] as number;
  }

  /** What readers did with the original, 0 to 1. */
  get popularity(): number {
    return this.world.posts.records.popularity(this.root);
  }

  get shown(): number {
    return this.world.posts.shown[this.root] as number;
  }

  get reactions(): number {
    return this.world.posts.reactions[this.root] as number;
  }

  get comments(): number {
    return this.world.posts.comments[this.root] as number;
  }

  /** Reposts and quotes. */
  get reposts(): number {
    const { reposts, quotes } = this.world.posts;
    return (reposts[this.root] as number) + (quotes[this.root] as number);
  }

  /** Of the text, 0 to 1. */
  get quality(): number {
    return this.world.posts.records.quality(this.post);
  }

  /** How many follow the author. */
  get followers(): number {
    const { posts, ties } = this.world;
    return ties.followers[posts.author[this.root] as number] as number;
  }

  /** The share of views that led to so many acts of a kind, as far as it is known: begun from what neutral posts get. */
  rate(acts: number, neutral: number): number {
    return (acts + PRIOR_VIEWS * neutral) / (this.shown + PRIOR_VIEWS);
  }

  /** What neutral posts get of each kind of act. */
  get neutral(): FeedInput['behaviour'] {
    return this.world.input.behaviour;
  }

  /** Mean likeness of the reader and those who did something with the post, about -1 to 1; 0 where nobody did. */
  get alikes(): number {
    return this.world.audience.likeness(this.root, this.agent);
  }

  /** The least share of a group's readers of the post that approved of it, each begun from a half of two. */
  get approval(): number {
    return this.world.audience.leastApproval(this.root);
  }

  /** A number of [0, 1) of its own for each tick, reader and post. */
  get chance(): number {
    const { k0, k1 } = this.world.input.key;
    const mixed = mix32(mix32(mix32(k0 ^ this.tick) ^ this.agent) ^ k1);
    return mix32(mixed ^ this.root) / 4294967296;
  }
}
