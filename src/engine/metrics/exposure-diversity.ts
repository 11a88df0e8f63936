import { zeros } from '../columns.js';
import { log } from '../math.js';
import { entropyOf } from './entropy.js';
import { type MeasuredRun, strideOf } from './measured-run.js';
import { PairCounts } from './pair-counts.js';

/**
 * Agents whose authors are counted one by one, at most: a million have too many pairs to keep, and each costs a miss of the caches.
 * The standard error of a mean over so many is a hundredth of what it is over one.
 */
const MOST = 10_000;

/** How diverse that was which each agent saw. */
export interface ExposureDiversity {
  /** Mean over those who saw anything of the entropy of the authors each saw, in nats; of every `stride`-th agent. */
  readonly authors: number;
  /** The same of topics, of all agents. */
  readonly topics: number;
  /** {@link topics} by group of the agent; 0 for a group of which none saw anything. */
  readonly topicsByGroup: readonly number[];
  readonly stride: number;
}

/** Counts what each agent sees while the events pass by. */
export class DiversityMeter {
  private readonly stride: number;
  private readonly pairs = new PairCounts();
  private readonly topics: Int32Array;

  constructor(private readonly run: MeasuredRun) {
    this.stride = strideOf(run.agents, MOST);
    this.topics = zeros(Int32Array, run.agents * run.topics);
  }

  /** An agent was shown a post. */
  expose(agent: number, author: number, topic: number): void {
    const cell = agent * this.run.topics + topic;
    this.topics[cell] = (this.topics[cell] as number) + 1;
    if (agent % this.stride === 0) this.pairs.add(agent, author);
  }

  /** What was found up to now. */
  result(): ExposureDiversity {
    const { agents, topics, groupOf, groups } = this.run;
    const sums = new Float64Array(groups);
    const seers = new Int32Array(groups);
    for (let agent = 0; agent < agents; agent += 1) {
      const from = agent * topics;
      let total = 0;
      for (let at = from; at < from + topics; at += 1) total += this.topics[at] as number;
      if (total === 0) continue;
      const own = this.topics.subarray(from, from + topics);
      const group = groupOf[agent] as number;
      sums[group] = (sums[group] as number) + entropyOf(own, total);
      seers[group] = (seers[group] as number) + 1;
    }
    return {
      authors: this.authorEntropy(),
      topics: ratio(
        sums.reduce((a, b) => a + b, 0),
        seers.reduce((a, b) => a + b, 0),
      ),
      topicsByGroup: Array.from(sums, (sum, group) => ratio(sum, seers[group] as number)),
      stride: this.stride,
    };
  }

  /** Entropies by ln N - Σ n ln n / N, whose sums are gathered pair by pair. */
  private authorEntropy(): number {
    const places = Math.ceil(this.run.agents / this.stride);
    const totals = new Float64Array(places);
    const weighted = new Float64Array(places);
    // In whole 65,536ths, so that the sums do not depend on the order of the table.
    this.pairs.each((agent, _author, count) => {
      const place = agent / this.stride;
      totals[place] = (totals[place] as number) + count;
      weighted[place] = (weighted[place] as number) + Math.round(count * log(count) * 65_536);
    });
    let [sum, seers] = [0, 0];
    for (let place = 0; place < places; place += 1) {
      const total = totals[place] as number;
      if (total === 0) continue;
      sum += Math.max(log(total) - (weighted[place] as number) / 65_536 / total, 0);
      seers += 1;
    }
    return ratio(sum, seers);
  }
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
