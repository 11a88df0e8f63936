import { log } from '../math.js';
import { RandomStream } from '../random.js';
import { similarity } from '../vectors.js';
import { EdgeList } from './edge-list.js';
import type { GraphModel, People } from './graph-model.js';

/** How agents choose whom they follow. All shares are in [0, 1]. */
export interface HomophilousSettings {
  /** Mean number of followees of an agent, ≥ 0; individual numbers are skewed, as in real networks. */
  readonly meanFollows: number;
  /** Share of follows for which the most alike of eight proposals is taken instead of the first. */
  readonly homophily: number;
  /** Share of proposals that copy the target of an earlier follow (the rich get richer); the rest are uniform. */
  readonly hubs: number;
  /** Probability that a follow is returned. */
  readonly reciprocity: number;
}

const PROPOSALS = 8;
const ATTEMPTS = 16;
/** Own follows are capped at this multiple of the mean, so that no row dominates a tick. */
const LONGEST_ROW = 6;

/**
 * Homophilous preferential attachment. A follow is a proposal (uniform, or the target of an earlier follow: preferential
 * attachment by edge copying, after Kumar et al., "Stochastic models for the Web graph", FOCS 2000) that wins on
 * interest similarity with probability `homophily`. No agent follows itself, none follows another twice.
 */
export function homophilousAttachment(settings: HomophilousSettings): GraphModel {
  return (people, key) => {
    const follows = new EdgeList();
    const returned = new EdgeList();
    const stream = new RandomStream(key, 0);
    for (let agent = 0; agent < people.count; agent += 1) {
      stream.restart(agent);
      const first = follows.length;
      const wanted = drawDegree(settings, people.count, stream);
      for (let n = 0; n < wanted; n += 1) {
        const target = chooseTarget(agent, first, follows, { people, settings, stream });
        if (target < 0) continue;
        follows.add(agent, target);
        if (stream.unit() < settings.reciprocity) returned.add(target, agent);
      }
    }
    for (let e = 0; e < returned.length; e += 1) {
      follows.add(returned.sources[e] as number, returned.targets[e] as number);
    }
    return follows;
  };
}

/** A skewed number of own follows; returned follows make up the rest of the mean. */
function drawDegree(settings: HomophilousSettings, count: number, stream: RandomStream): number {
  const mean = settings.meanFollows / (1 + settings.reciprocity);
  // A quarter of the mean for everyone, the rest exponential.
  const degree = Math.round(mean * (0.25 - 0.75 * log(1 - stream.unit())));
  return Math.min(degree, Math.ceil(mean * LONGEST_ROW), count - 1);
}

interface Choice {
  readonly people: People;
  readonly settings: HomophilousSettings;
  readonly stream: RandomStream;
}

/** An agent that `agent` does not follow yet, or -1 when none turned up. */
function chooseTarget(agent: number, first: number, follows: EdgeList, choice: Choice): number {
  const { interests } = choice.people;
  const alike = choice.stream.unit() < choice.settings.homophily;
  let best = -1;
  let bestSimilarity = -Infinity;
  let proposals = 0;
  for (let attempt = 0; attempt < ATTEMPTS && proposals < (alike ? PROPOSALS : 1); attempt += 1) {
    const target = propose(follows, choice);
    if (target === agent || follows.leadsTo(target, first)) continue;
    proposals += 1;
    const likeness = alike ? similarity(interests, agent, interests, target) : 0;
    if (likeness > bestSimilarity) {
      bestSimilarity = likeness;
      best = target;
    }
  }
  return best;
}

function propose(follows: EdgeList, { people, settings, stream }: Choice): number {
  const copies = stream.unit() < settings.hubs && follows.length > 0;
  const draw = stream.unit();
  return copies
    ? (follows.targets[Math.floor(draw * follows.length)] as number)
    : Math.floor(draw * people.count);
}
