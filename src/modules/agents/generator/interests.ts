import type { RandomStream } from '../../../engine/random.js';
import { INTEREST_COUNT_SHARES } from '../data/behaviours.js';
import { INTEREST_THEMES } from '../data/interests.js';
import { foldText } from './text.js';
import { WeightedTable } from './weighted.js';

const COUNTS = new WeightedTable(INTEREST_COUNT_SHARES);
const POOL = Object.values(INTEREST_THEMES).flatMap((theme) => theme.map(([name]) => name));
const SPANISH = new Map(Object.values(INTEREST_THEMES).flat());

/** Chances that one further interest is another of the specification's, or else one of their themes. */
const FROM_CORE = 0.45;
const FROM_THEME = 0.6;

/** The name of a shipped interest in a language; any other interest stays as it is written. */
export function interestName(interest: string, language: string): string {
  return language === 'es' ? (SPANISH.get(interest) ?? interest) : interest;
}

/** Draws each agent's interests: the specification's at the core, others of their themes, a few of any. */
export class InterestMix {
  private readonly related: readonly string[];
  private readonly others: readonly string[];

  /** @param core the specification's interests; may be empty */
  constructor(private readonly core: readonly string[]) {
    const given = new Set(core.map(foldText));
    this.others = POOL.filter((name) => !given.has(name));
    const related = Object.values(INTEREST_THEMES).flatMap((theme) =>
      theme.some(([name]) => given.has(name)) ? theme.map(([name]) => name) : [],
    );
    this.related = related.filter((name) => !given.has(name));
  }

  /** Every interest an agent of this population may have. */
  all(): readonly string[] {
    return [...this.core, ...this.others];
  }

  /** @returns two to five different interests; the first is of the specification, when that gives any */
  draw(stream: RandomStream): string[] {
    const count = COUNTS.pick(stream.unit());
    const drawn: string[] = [];
    if (this.core.length > 0) drawFrom(this.core, drawn, stream);
    return this.complete(drawn, count, stream);
  }

  /** The same, when the first is known. @param first one of the specification */
  drawAfter(first: string, stream: RandomStream): string[] {
    return this.complete([first], COUNTS.pick(stream.unit()), stream);
  }

  private complete(drawn: string[], count: number, stream: RandomStream): string[] {
    let fromCore = drawn.length;
    while (drawn.length < count) {
      const chance = stream.unit();
      if (chance < FROM_CORE && fromCore < this.core.length) {
        drawFrom(this.core, drawn, stream);
        fromCore += 1;
      } else if (this.related.length > 5 && stream.unit() < FROM_THEME) {
        drawFrom(this.related, drawn, stream);
      } else {
        drawFrom(this.others, drawn, stream);
      }
    }
    return drawn;
  }
}

/** Takes one that is not there yet: the drawn one or the next after it. The list must hold more than were drawn of it. */
function drawFrom(list: readonly string[], drawn: string[], stream: RandomStream): void {
  let place = stream.below(list.length);
  while (drawn.includes(list[place] as string)) place = (place + 1) % list.length;
  drawn.push(list[place] as string);
}
