import { withRoom } from '../columns.js';
import type { EventColumns } from '../event-buffer.js';
import { EXPOSURE } from '../feed-input.js';
import { isAct } from '../feed-metrics.js';
import { DiversityMeter } from './exposure-diversity.js';
import { GroupMeter } from './group-meter.js';
import type { MeasuredRun } from './measured-run.js';
import { TickMeter } from './tick-measures.js';

/** Words of a post in {@link Meters.posts}: its author, the author's group, its topic, and whether the guard would mark it. */
const WORDS = 4;

/** Everything that is measured of a run while its events pass by, each of them looked at once. */
export class Meters {
  readonly tick: TickMeter;
  readonly group: GroupMeter;
  readonly diversity: DiversityMeter;
  /** What is asked of the posts that are shown, beside each other: columns would cost a cache miss each. */
  private posts: Int32Array = new Int32Array(0);
  private known = 0;

  constructor(private readonly run: MeasuredRun) {
    this.tick = new TickMeter(run);
    this.group = new GroupMeter(run);
    this.diversity = new DiversityMeter(run);
  }

  /** Measures the events of whole ticks. @param ticks completed ticks, these included */
  add(events: EventColumns, ticks: number): void {
    this.learn();
    const { tick, group, diversity, posts } = this;
    const { length, tick: ofTick, agent: agents, kind: kinds, root: roots } = events;
    for (let row = 0; row < length; row += 1) {
      const agent = agents[row] as number;
      const kind = kinds[row] as number;
      if (row === 0 || ofTick[row] !== ofTick[row - 1]) tick.closeUntil(ofTick[row] as number);
      group.count(agent, kind);
      if (kind === EXPOSURE) {
        const at = (roots[row] as number) * WORDS;
        const author = posts[at] as number;
        const authors = posts[at + 1] as number;
        const topic = posts[at + 2] as number;
        const labelled = posts[at + 3] as number;
        tick.expose(author, topic, labelled);
        group.expose(agent, authors, labelled);
        diversity.expose(agent, author, topic);
      } else if (isAct(kind)) {
        tick.act(events, row, kind);
        group.act(agent);
      }
    }
    tick.closeUntil(ticks);
  }

  /** Writes down what there is to know of the posts that have come since. */
  private learn(): void {
    const { groupOf, topicOf, labelled, posts } = this.run;
    this.posts = withRoom(this.posts, posts.length * WORDS);
    for (; this.known < posts.length; this.known += 1) {
      const at = this.known * WORDS;
      const author = posts.author[this.known] as number;
      const draft = posts.draft[this.known] as number;
      this.posts[at] = author;
      this.posts[at + 1] = groupOf[author] as number;
      this.posts[at + 2] = topicOf[draft] as number;
      this.posts[at + 3] = labelled[draft] as number;
    }
  }
}
