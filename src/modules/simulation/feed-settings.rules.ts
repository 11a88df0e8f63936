import type { FeedSettings, Ranker } from '../../engine/index.js';
import { feedOfExpression } from './expressions/feed-expression.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';

type Ranking = FeedScenario['feed']['ranking'];

/** What the engine calls the feeds of a scenario. */
export function feedKinds({ feed, interventions }: FeedScenario): FeedSettings['kind'][] {
  const changes = interventions.flatMap((each) => (each.kind === 'feed_change' ? [each.ranking] : []));
  return [feed.ranking, ...changes].map(({ kind }) => (kind === 'expression' ? 'custom' : kind));
}

/** The expressions of a scenario's feeds by where they stand in it, in the order of their places. */
function expressionsIn({ feed, interventions }: FeedScenario): Map<string, string> {
  const rankings: [string, Ranking][] = [['feed', feed.ranking]];
  for (const [place, each] of interventions.entries()) {
    if (each.kind === 'feed_change') rankings.push([`interventions.${place}`, each.ranking]);
  }
  return new Map(
    rankings.flatMap(([where, ranking]) =>
      ranking.kind === 'expression' ? [[where, ranking.expression]] : [],
    ),
  );
}

/** The feeds that a scenario's expressions make. */
export function expressionsOf(scenario: FeedScenario): Ranker[] {
  return [...expressionsIn(scenario).values()].map((expression) => feedOfExpression(expression));
}

/** What the engine is told of a feed. @param where it stands in the scenario */
export function feedSettings(scenario: FeedScenario, ranking: Ranking, where: string): FeedSettings {
  switch (ranking.kind) {
    case 'affinity':
      return { kind: 'affinity', weights: scenario.feed.weights };
    case 'popularity':
      return { kind: 'popularity', tickMinutes: scenario.tick_minutes };
    case 'engagement': {
      const { reaction, comment, repost, interest_pull, affinity_pull } = ranking;
      const pulls = { interestPull: interest_pull, affinityPull: affinity_pull };
      return { kind: 'engagement', weights: { reaction, comment, repost }, ...pulls };
    }
    case 'expression':
      return { kind: 'custom', expression: [...expressionsIn(scenario).keys()].indexOf(where) };
    case 'collaborative':
    case 'chronological':
    case 'bridging':
    case 'random':
    default:
      return ranking;
  }
}
