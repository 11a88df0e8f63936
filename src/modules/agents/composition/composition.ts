import canonicalize from 'canonicalize';

/** What a population file asks for, in a form of which equal ones give the same population. */
export type Composition = {
  readonly attributes: readonly ComposedAttribute[];
  readonly tables: readonly ComposedTable[];
  readonly sample: ComposedSample | null;
  readonly persona: ComposedPersona | null;
  readonly schema: Readonly<Record<string, unknown>> | null;
};

/** `counts` are people, `weights` have any unit. */
export type Unit = 'counts' | 'weights';

export interface ComposedAttribute {
  readonly name: string;
  readonly kind: 'category' | 'range';
  readonly levels: readonly string[];
  /** Null where it follows from tables, from a sample, or from other attributes. */
  readonly unit: Unit | null;
  /** For each level; with `given`, a row of levels for each combination of theirs, the last one's level the fastest. */
  readonly values: readonly number[];
  readonly given: readonly string[];
}

export interface ComposedTable {
  readonly of: readonly string[];
  readonly unit: Unit;
  /** For each combination of levels, the last attribute's the fastest. */
  readonly values: readonly number[];
}

/** Combinations of levels that somebody of a sample had. */
export interface ComposedSample {
  readonly of: readonly string[];
  /** The places of the levels, and how often the combination was there. */
  readonly rows: readonly (readonly number[])[];
}

export const TRAITS = [
  'openness',
  'conscientiousness',
  'extraversion',
  'agreeableness',
  'neuroticism',
] as const;
export type Trait = (typeof TRAITS)[number];

export interface ComposedPersona {
  readonly big_five: Readonly<Record<Trait, number>> | null;
  readonly opinions: readonly {
    readonly topic: string;
    readonly mean: number;
    readonly spread: number;
    readonly by: readonly { readonly attribute: string; readonly shifts: readonly number[] }[];
  }[];
  readonly relationships: readonly {
    readonly kind: string;
    readonly each: number;
    readonly share: number;
    readonly within: readonly string[];
  }[];
}

/** Attributes that are fields of every agent; any other stands in its `attributes`. */
export const BUILT_IN = ['gender', 'age', 'place', 'locale', 'tone', 'cadence', 'interests'] as const;
export type BuiltIn = (typeof BUILT_IN)[number];

/** Whether an attribute is a field of every agent. */
export function isBuiltIn(name: string): name is BuiltIn {
  return (BUILT_IN as readonly string[]).includes(name);
}

/** The same composition with the keys of its objects in their order: the database keeps another. */
export function inOrder({ attributes, tables, sample, persona, schema }: Composition): Composition {
  return {
    attributes: attributes.map(({ name, kind, levels, unit, values, given }) => {
      return { name, kind, levels, unit, values, given };
    }),
    tables: tables.map(({ of, unit, values }) => ({ of, unit, values })),
    sample: sample === null ? null : { of: sample.of, rows: sample.rows },
    persona: persona === null ? null : personaInOrder(persona),
    schema: schema === null ? null : (JSON.parse(canonicalize(schema) as string) as Record<string, unknown>),
  };
}

function personaInOrder({ big_five, opinions, relationships }: ComposedPersona): ComposedPersona {
  const traits = big_five && TRAITS.map((trait) => [trait, big_five[trait]] as const);
  return {
    big_five: traits && (Object.fromEntries(traits) as Record<Trait, number>),
    opinions: opinions.map(({ topic, mean, spread, by }) => ({
      topic,
      mean,
      spread,
      by: by.map(({ attribute, shifts }) => ({ attribute, shifts })),
    })),
    relationships: relationships.map(({ kind, each, share, within }) => ({ kind, each, share, within })),
  };
}
