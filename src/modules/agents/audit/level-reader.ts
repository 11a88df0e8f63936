import type { AgentProfile } from '../agent.profile.js';
import { isBuiltIn, type ComposedAttribute } from '../composition/composition.js';
import { rangeOf } from '../composition/ranges.js';

/** Tells which level of an attribute an agent has, from nothing but its profile; -1 for none of them. */
export function levelReader({ name, kind, levels }: ComposedAttribute): (agent: AgentProfile) => number {
  if (kind === 'range') {
    const ranges = levels.map((level) => rangeOf(level) ?? [1, 0]);
    return (agent) => {
      const value = name === 'age' ? agent.age : agent.attributes?.[name];
      return ranges.findIndex(([from, to]) => typeof value === 'number' && value >= from && value <= to);
    };
  }
  const placeOf = new Map(levels.map((level, place) => [level, place]));
  const at = (text: unknown): number => placeOf.get(text as string) ?? -1;
  if (!isBuiltIn(name)) return (agent) => at(agent.attributes?.[name]);
  switch (name) {
    case 'place':
      return ({ country, city }) => placeOf.get(`${country}/${city}`) ?? at(country);
    case 'cadence':
      return ({ posting_cadence }) => at(posting_cadence);
    case 'interests':
      return ({ interests }) => at(interests[0]);
    case 'gender':
    case 'tone':
    case 'locale':
    case 'age':
      break;
  }
  return (agent) => at(agent[name]);
}
