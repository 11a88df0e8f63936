import { bump, withRoom, zeros } from '../columns.js';
import { CORRECT, LABEL, POST, REMOVE, SUSPEND } from '../feed-input.js';
import { mix32 } from '../math.js';
import { CORRECTED, DOWNRANKED, LABELLED, REMOVED } from '../post-store.js';
import type { World } from '../world.js';
import { actsIn, type Intervention, isMarking, type Marking, type ModerationSettings } from './settings.js';

/** What a marking does to a post, and what the event is called; downranking is told to nobody. */
const MARKS = {
  label: { flag: LABELLED, event: LABEL },
  correct: { flag: CORRECTED, event: CORRECT },
  downrank: { flag: DOWNRANKED, event: -1 },
  remove: { flag: REMOVED, event: REMOVE },
} as const;

/** Tells of an event: its kind, the agent it is about, the post (or -1) and the number of the event that led to it. */
export type Tell = (kind: number, agent: number, post: number, cause: number) => void;

/** What is applied when a tick opens, by intervention in their order, and within one by post or agent. */
export class Opening {
  /** Up to which post each intervention has looked. */
  private cursors: Int32Array;
  /** How many posts each agent has lost. */
  private readonly strikes: Int32Array;
  /** Posts that wait for review, in the order they came, and the event that brought each there. */
  private queue: Int32Array = new Int32Array(0);
  private queued: Int32Array = new Int32Array(0);
  private causes: Float64Array = new Float64Array(0);
  private waiting = 0;
  private reviewed = 0;

  constructor(
    private readonly world: World,
    private readonly interventions: readonly Intervention[],
    private readonly tell: Tell,
  ) {
    this.cursors = new Int32Array(interventions.length);
    this.strikes = zeros(Int32Array, world.input.agents.count);
  }

  /** How far each intervention has come. */
  begun(): Int32Array {
    return this.cursors;
  }

  /** Interventions may have been added since the state that was read: they begin where the cursors say that are given. */
  extend(cursors: Int32Array): void {
    const before = this.cursors;
    this.cursors = cursors.map((cursor, place) => before[place] ?? cursor);
  }

  apply(tick: number): void {
    for (const [place, intervention] of this.interventions.entries()) {
      if (!actsIn(intervention, tick)) continue;
      if (isMarking(intervention)) this.mark(place, intervention, tick);
      else if (intervention.kind === 'moderate') this.review(place, intervention, tick);
      else if (intervention.kind === 'suspend' && tick === intervention.start)
        this.suspendAll(intervention.agents, intervention.end);
      else if (intervention.kind === 'seed' && tick === intervention.start) {
        for (const { agent, draft } of intervention.posts) this.post(agent, draft, tick);
      }
    }
  }

  /** A post was made or reported, by an event: it goes to review where somebody reviews. */
  noteReport(root: number, tick: number, event: number): void {
    const { posts } = this.world;
    const draft = posts.draft[root] as number;
    for (const intervention of this.interventions) {
      if (intervention.kind !== 'moderate' || !actsIn(intervention, tick)) continue;
      const reports = posts.reports[root] as number;
      const due = reports === 0 ? intervention.flagged[draft] === 1 : reports === intervention.reports;
      if (due) this.enqueue(root, tick, event);
    }
  }

  private enqueue(root: number, tick: number, event: number): void {
    const row = this.waiting;
    this.queue = withRoom(this.queue, row + 1);
    this.queued = withRoom(this.queued, row + 1);
    this.causes = withRoom(this.causes, row + 1);
    this.queue[row] = root;
    this.queued[row] = tick;
    this.causes[row] = event;
    this.waiting += 1;
  }

  private mark(place: number, intervention: Marking, tick: number): void {
    const { posts } = this.world;
    const { flag, event } = MARKS[intervention.kind];
    let post = this.cursors[place] as number;
    for (; post < posts.length && (posts.tick[post] as number) + intervention.delay < tick; post += 1) {
      if (posts.parent[post] !== -1 || posts.records.is(post, flag | REMOVED)) continue;
      if (!this.finds(place, intervention, post)) continue;
      posts.records.mark(post, flag);
      const author = posts.author[post] as number;
      const cause = posts.records.event(post);
      if (event >= 0) this.tell(event, author, post, cause);
      if (intervention.kind === 'remove') this.strike(author, tick, intervention, cause);
    }
    this.cursors[place] = post;
  }

  /** Whether an intervention takes a post for one that it is about: drawn once, by the post alone. */
  private finds(
    place: number,
    { drafts, sensitivity, falsePositives }: Pick<Marking, 'drafts' | 'sensitivity' | 'falsePositives'>,
    post: number,
  ): boolean {
    const { posts, input } = this.world;
    const share = drafts[posts.draft[post] as number] === 1 ? sensitivity : falsePositives;
    const drawn = mix32(mix32(mix32(input.key.k0 ^ (place + 1)) ^ input.key.k1) ^ post);
    return drawn / 4294967296 < share;
  }

  private review(place: number, intervention: ModerationSettings, tick: number): void {
    const { posts } = this.world;
    const last = this.reviewed + intervention.capacity;
    while (this.reviewed < Math.min(this.waiting, last)) {
      const row = this.reviewed;
      if ((this.queued[row] as number) + intervention.delay >= tick) break;
      this.reviewed += 1;
      const post = this.queue[row] as number;
      if (posts.records.is(post, REMOVED) || !this.finds(place, intervention, post)) continue;
      posts.records.mark(post, REMOVED);
      const author = posts.author[post] as number;
      const cause = this.causes[row] as number;
      this.tell(REMOVE, author, post, cause);
      this.strike(author, tick, intervention, cause);
    }
  }

  /** An author has lost a post, and may be suspended for it. */
  private strike(
    author: number,
    tick: number,
    { strikes, suspension }: { readonly strikes: number; readonly suspension: number },
    cause: number,
  ): void {
    const before = bump(this.strikes, author);
    if (strikes === 0 || before + 1 < strikes || suspension === 0) return;
    this.strikes[author] = 0;
    this.suspend(author, tick + suspension, cause);
  }

  private suspendAll(agents: Uint8Array, end: number): void {
    for (let agent = 0; agent < agents.length; agent += 1) {
      if (agents[agent] === 1) this.suspend(agent, end, -1);
    }
  }

  private suspend(agent: number, until: number, cause: number): void {
    const { suspended } = this.world.people;
    suspended[agent] = Math.max(suspended[agent] as number, until);
    this.tell(SUSPEND, agent, -1, cause);
  }

  private post(agent: number, draft: number, tick: number): void {
    const { posts, people, audience } = this.world;
    const post = posts.addOriginal(agent, tick, draft, people.opinion[agent] as number);
    audience.reserve(posts.length);
    this.tell(POST, agent, post, -1);
  }
}
