import { withRoom, zeros } from '../columns.js';
import type { EventColumns } from '../event-buffer.js';
import { COMMENT, POST, QUOTE, REPOST } from '../feed-input.js';
import { countGini } from './count-gini.js';
import { entropyOf } from './entropy.js';
import type { MeasuredRun } from './measured-run.js';
import { eiIndex, modularity } from './mixing.js';

/** What is measured of one tick; null where exposures were not logged. */
export interface TickMeasures {
  /** Share of all agents that have neither posted nor interacted up to the end of the tick. */
  readonly silent: number;
  /** Entropy of the authors, and of the topics, of what was shown in the tick, in nats. */
  readonly author_entropy: number | null;
  readonly topic_entropy: number | null;
  /** Gini coefficient over all agents of how often their posts were shown in the tick. */
  readonly attention_gini: number | null;
  /** Share of what was shown in the tick that the guard labels or would hold back. */
  readonly labelled_prevalence: number | null;
  /** Share of the posts up to the end of the tick that the guard let pass without a label; 1 before the first. */
  readonly compliance_ratio: number;
  /** E-I index and modularity by group of the reposts up to the end of the tick. */
  readonly repost_ei_index: number;
  readonly repost_modularity: number;
  /** Nodes of the largest cascade and steps of the deepest, up to the end of the tick. */
  readonly largest_cascade: number;
  readonly deepest_cascade: number;
}

/** Kinds of event that add a node to a cascade. */
const MEMBERS: ReadonlySet<number> = new Set([POST, COMMENT, REPOST, QUOTE]);

/** Measures tick by tick while the events pass by. */
export class TickMeter {
  readonly ticks: TickMeasures[] = [];
  /** Reposts by members of a group (row) of posts of a group's members (column). */
  readonly reposts: Float64Array[];
  posts = 0;
  labelledPosts = 0;
  private readonly actors: Uint8Array;
  private acted = 0;
  private shown = 0;
  private labelled = 0;
  /** How often each author was shown in the tick, and which were. */
  private readonly seen: Int32Array;
  private readonly authors: Int32Array;
  private authorCount = 0;
  private readonly topics: Int32Array;
  private sizes: Int32Array = new Int32Array(0);
  private largest = 0;
  private deepest = 0;

  constructor(private readonly run: MeasuredRun) {
    this.reposts = Array.from({ length: run.groups }, () => new Float64Array(run.groups));
    this.actors = zeros(Uint8Array, run.agents);
    this.seen = zeros(Int32Array, run.agents);
    this.authors = zeros(Int32Array, run.agents);
    this.topics = new Int32Array(run.topics);
  }

  /** Somebody was shown a post. @param labelled 1 where the guard would mark it, else 0 */
  expose(author: number, topic: number, labelled: number): void {
    const seen = this.seen[author] as number;
    if (seen === 0) {
      this.authors[this.authorCount] = author;
      this.authorCount += 1;
    }
    this.seen[author] = seen + 1;
    bump(this.topics, topic);
    this.shown += 1;
    this.labelled += labelled;
  }

  /** Somebody did something: the event of a row. */
  act(events: EventColumns, row: number, kind: number): void {
    const agent = events.agent[row] as number;
    const root = events.root[row] as number;
    if (this.actors[agent] === 0) {
      this.actors[agent] = 1;
      this.acted += 1;
    }
    if (kind === POST) {
      this.posts += 1;
      this.labelledPosts += this.run.labelled[this.run.posts.draft[root] as number] as number;
    }
    if (kind === REPOST) this.repost(agent, root);
    if (MEMBERS.has(kind)) this.grow(root, events.value[row] as number);
  }

  private repost(agent: number, root: number): void {
    const { groupOf, posts } = this.run;
    const row = this.reposts[groupOf[agent] as number] as Float64Array;
    const column = groupOf[posts.author[root] as number] as number;
    row[column] = (row[column] as number) + 1;
  }

  private grow(root: number, depth: number): void {
    this.sizes = withRoom(this.sizes, root + 1);
    bump(this.sizes, root);
    this.largest = Math.max(this.largest, this.sizes[root] as number);
    this.deepest = Math.max(this.deepest, depth);
  }

  /** Closes the ticks before `tick`. */
  closeUntil(tick: number): void {
    while (this.ticks.length < tick) this.close();
  }

  private close(): void {
    const { agents, exposures } = this.run;
    const authors = this.authors.subarray(0, this.authorCount);
    const counts = authors.map((author) => this.seen[author] as number);
    const ofExposures = (value: number): number | null => (exposures ? value : null);
    this.ticks.push({
      silent: agents === 0 ? 0 : 1 - this.acted / agents,
      author_entropy: ofExposures(entropyOf(counts, this.shown)),
      topic_entropy: ofExposures(entropyOf(this.topics, this.shown)),
      attention_gini: ofExposures(countGini(counts, agents)),
      labelled_prevalence: ofExposures(this.shown === 0 ? 0 : this.labelled / this.shown),
      compliance_ratio: this.posts === 0 ? 1 : 1 - this.labelledPosts / this.posts,
      repost_ei_index: eiIndex(this.reposts),
      repost_modularity: modularity(this.reposts),
      largest_cascade: this.largest,
      deepest_cascade: this.deepest,
    });
    for (const author of authors) this.seen[author] = 0;
    this.authorCount = 0;
    this.topics.fill(0);
    this.shown = 0;
    this.labelled = 0;
  }
}

function bump(column: Int32Array, index: number): void {
  column[index] = (column[index] as number) + 1;
}
