import type { SimulationAgent } from '../feed-mapping.rules.js';

/** Communities that are shown by name; the smaller ones are taken together. */
const NAMED = 8;
const REST = 'other';

/** Agents grouped by their first interest, the one that weighs most in what they like. */
export interface Communities {
  /** Names, the largest first. */
  readonly labels: readonly string[];
  readonly sizes: readonly number[];
  /** Place in `labels`, by agent row. */
  readonly of: Uint8Array;
}

export function groupByInterest(agents: readonly SimulationAgent[]): Communities {
  const counts = new Map<string, number>();
  for (const agent of agents) counts.set(interestOf(agent), (counts.get(interestOf(agent)) ?? 0) + 1);
  const ranked = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const labels = ranked.slice(0, NAMED).map(([label]) => label);
  if (ranked.length > NAMED) labels.push(REST);
  const of = Uint8Array.from(agents, (agent) => {
    const place = labels.indexOf(interestOf(agent));
    return place < 0 ? labels.length - 1 : place;
  });
  const sizes = labels.map((_, place) =>
    of.reduce((size, community) => size + Number(community === place), 0),
  );
  return { labels, sizes, of };
}

function interestOf(agent: SimulationAgent): string {
  return agent.interests[0] ?? REST;
}
