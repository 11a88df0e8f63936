import type { AgentProfile } from '../agent.profile.js';
import { total } from '../fitting/count-table.js';
import { entropy } from './association.js';
import { nearDuplicates } from './bio-likeness.js';

/** How many different biographies are compared with each other. */
const EXAMINED = 5_000;

/** How an attribute is spread. */
export interface Spread {
  attribute: string;
  /** How many values there are. */
  values: number;
  /** Shannon's entropy, in bits, and as a part of the most that so many values have. */
  entropy: number;
  evenness: number;
  /** What most have, and how many of all: 1 where everybody is alike. */
  most_common: string;
  homogeneity: number;
  /** As many equally common values would be as likely to meet twice (Simpson). */
  effective_values: number;
}

export interface Diversity {
  spreads: Spread[];
  biographies: {
    different: number;
    /** Agents whose biography somebody before them has. */
    duplicates: number;
    /** Of the different ones that were compared with each other, those that nearly are another one. */
    near_duplicates: number;
    examined: number;
  };
  names: { different: number; collisions: number };
  usernames: { different: number; collisions: number };
}

const SPREAD = ['gender', 'country', 'city', 'locale', 'posting_cadence', 'tone'] as const;

/** Counts how unlike agents are. */
export class DiversityTally {
  private agents = 0;
  private readonly spreads = new Map<string, Map<string, number>>();
  private readonly biographies = new Set<string>();
  private readonly names = new Set<string>();
  private readonly usernames = new Set<string>();

  add(agent: AgentProfile): void {
    this.agents += 1;
    this.biographies.add(agent.bio);
    this.names.add(agent.name);
    this.usernames.add(agent.username_hint);
    this.count('age', String(agent.age));
    for (const name of SPREAD) this.count(name, agent[name]);
    for (const interest of agent.interests) this.count('interests', interest);
    for (const bias of agent.behavioral_biases) this.count('behavioral_biases', bias);
    for (const [name, value] of Object.entries(agent.attributes ?? {})) this.count(name, String(value));
  }

  result(): Diversity {
    const { agents, biographies, names, usernames } = this;
    const examined = [...biographies].slice(0, EXAMINED);
    return {
      spreads: [...this.spreads].map(([attribute, counts]) => spreadOf(attribute, counts)),
      biographies: {
        different: biographies.size,
        duplicates: agents - biographies.size,
        near_duplicates: nearDuplicates(examined),
        examined: examined.length,
      },
      names: { different: names.size, collisions: agents - names.size },
      usernames: { different: usernames.size, collisions: agents - usernames.size },
    };
  }

  private count(attribute: string, value: string): void {
    const counts = this.spreads.get(attribute) ?? new Map<string, number>();
    this.spreads.set(attribute, counts);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
}

function spreadOf(attribute: string, counts: ReadonlyMap<string, number>): Spread {
  const numbers = [...counts.values()];
  const all = total(numbers);
  const bits = entropy(numbers);
  const most = entropy(numbers.map(() => 1));
  const [common, often] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  const simpson = numbers.reduce((sum, number) => sum + (number / all) ** 2, 0);
  return {
    attribute,
    values: counts.size,
    entropy: rounded(bits),
    evenness: most === 0 ? 0 : rounded(bits / most),
    most_common: common,
    homogeneity: rounded(often / all),
    effective_values: rounded(1 / simpson),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}
