import { field } from './answers.js';

/** In which states of a thing something can be done to it. */
export interface Possible {
  /** The state that it is in; undefined where that does not decide, and the API does. */
  stateOf: (item: object) => unknown;
  states: readonly string[];
}

/** It can be done while a field of the thing has one of these values. */
export function whileIn(name: string, ...states: string[]): Possible {
  return { stateOf: (item) => field(item, name), states };
}

/** The state that something cannot be done in, where it is known that it cannot be done. */
export function hindrance(possible: Possible | undefined, item: object): string | undefined {
  const state = possible?.stateOf(item);
  if (possible === undefined || typeof state !== 'string') return undefined;
  return possible.states.includes(state) ? undefined : state;
}
