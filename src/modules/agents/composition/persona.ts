import type { RandomStream } from '../../../engine/random.js';
import type { AgentPersona } from '../agent.profile.js';
import type { ComposedPersona, Composition } from './composition.js';
import type { FittedLevels } from './fit-composition.js';

const TRAIT_DEVIATION = 15;

/** Draws traits and opinions. */
export class PersonaWriter {
  private readonly shifts: readonly { levels: Uint8Array; by: readonly number[] }[][];

  constructor(
    private readonly persona: ComposedPersona,
    { attributes }: Composition,
    levels: FittedLevels,
  ) {
    const levelsOf = (name: string): Uint8Array =>
      levels[attributes.findIndex((each) => each.name === name)] as Uint8Array;
    this.shifts = persona.opinions.map(({ by }) =>
      by.map(({ attribute, shifts }) => ({ levels: levelsOf(attribute), by: shifts })),
    );
  }

  write(index: number, stream: RandomStream): AgentPersona {
    const { big_five: means, opinions } = this.persona;
    const written: AgentPersona = {};
    if (means !== null) {
      // In the order of TRAITS; a literal is much faster than keys one by one.
      written.big_five = {
        openness: drawTrait(means.openness, stream),
        conscientiousness: drawTrait(means.conscientiousness, stream),
        extraversion: drawTrait(means.extraversion, stream),
        agreeableness: drawTrait(means.agreeableness, stream),
        neuroticism: drawTrait(means.neuroticism, stream),
      };
    }
    if (opinions.length > 0) {
      written.opinions = {};
      for (const [place, { topic, mean, spread }] of opinions.entries()) {
        let value = mean + spread * (stream.unit() + stream.unit() - 1);
        for (const { levels, by } of this.shifts[place] ?? []) value += by[levels[index] as number] as number;
        // Minus zero would be another number in JSON than it was.
        written.opinions[topic] = Math.round(Math.min(1, Math.max(-1, value)) * 100) / 100 + 0;
      }
    }
    return written;
  }
}

/** A whole number from 0 to 100 around a mean; the sum of three even draws is close to a normal one, and the same everywhere. */
function drawTrait(mean: number, stream: RandomStream): number {
  const deviation = 2 * (stream.unit() + stream.unit() + stream.unit() - 1.5);
  return Math.min(100, Math.max(0, Math.round(mean + TRAIT_DEVIATION * deviation)));
}
