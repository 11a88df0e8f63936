import type { SimulationAgent } from './feed-mapping.rules.js';

/** What agents can be grouped by, beside the attributes of their population file. */
export const GROUPINGS = [
  'interest',
  'country',
  'city',
  'language',
  'gender',
  'age',
  'posting_cadence',
  'tone',
] as const;

/** Groups that are shown by name; the smaller ones are taken together. */
const NAMED = 8;
const REST = 'other';

/** Agents by the value of something, the largest group first. */
export interface Groups {
  /** Names, the largest first. */
  readonly labels: readonly string[];
  readonly sizes: readonly number[];
  /** Place in `labels`, by agent row. */
  readonly of: Uint16Array;
}

/**
 * Groups agents by a grouping or an attribute; who has no value is `other`, and so are those of the groups past the largest.
 * @param named how many groups keep their name
 */
export function groupAgents(agents: readonly SimulationAgent[], by: string, named = NAMED): Groups {
  const counts = new Map<string, number>();
  for (const agent of agents) {
    const value = valueOf(agent, by);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const ranked = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const labels = ranked.slice(0, named).map(([label]) => label);
  if (ranked.length > named && !labels.includes(REST)) labels.push(REST);
  const places = new Map(labels.map((label, place) => [label, place]));
  const rest = places.get(REST) ?? labels.length - 1;
  const of = new Uint16Array(agents.length);
  for (const [row, agent] of agents.entries()) of[row] = places.get(valueOf(agent, by)) ?? rest;
  const sizes = labels.map(() => 0);
  for (const place of of) sizes[place] = (sizes[place] as number) + 1;
  return { labels, sizes, of };
}

/** Ten years are a group of ages, from 18 on. */
function ageGroup(age: number): string {
  if (age < 18) return 'under 18';
  const from = 18 + 10 * Math.floor((age - 18) / 10);
  return `${from}–${from + 9}`;
}

function valueOf(agent: SimulationAgent, by: string): string {
  switch (by) {
    case 'interest':
      return agent.interests[0] ?? REST;
    case 'age':
      return ageGroup(agent.age);
    case 'language':
      return agent.locale.split('-')[0] as string;
    case 'country':
    case 'city':
    case 'gender':
    case 'posting_cadence':
    case 'tone':
      return agent[by];
    default:
      return String(agent.attributes?.[by] ?? REST);
  }
}
