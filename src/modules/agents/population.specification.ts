import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { RandomKey } from '../../engine/random.js';
import type { FieldIssue } from '../../core/errors/index.js';
import { GENDERS, MAX_AGE, MIN_AGE, type Gender } from './agent.profile.js';
import { InvalidSpecification } from './agents.errors.js';
import { inOrder, type Composition } from './composition/composition.js';
import { writerInOrder, type ModelWriter } from '../../core/llm/index.js';

/** Raised whenever the same specification would give other agents. */
export const GENERATOR_VERSION = 1;

export const MAX_COUNT = 1_000_000;
export const MAX_INTERESTS = 50;
export const MAX_INTEREST_LENGTH = 60;
export const MAX_CITY_LENGTH = 100;
export const MAX_SEED_LENGTH = 200;

/** What a population is made from, as it goes over the wire. */
export interface PopulationSpecification {
  /** `unspecified` filters nothing: such a population is mixed. */
  gender: Gender;
  /** 1 to 1,000,000. */
  count: number;
  /** ISO 3166-1 alpha-2. */
  country: string;
  city?: string | undefined;
  /** Years, both ends included. */
  age_range?: [min: number, max: number] | undefined;
  interests?: string[] | undefined;
  seed: string;
  /** Distributions of attributes, as a population file gives them. */
  composition?: Composition | undefined;
  /** The language model that writes names, biographies, interests and biases; the rules do where there is none. */
  writer?: ModelWriter | undefined;
}

/** A specification with every default filled in and every spelling settled: equal ones give the same population. */
export interface NormalSpecification {
  gender: Gender;
  count: number;
  country: string;
  city: string | null;
  age_range: [min: number, max: number];
  interests: string[];
  seed: string;
  /** Only where a population file gave it. */
  composition?: Composition;
  /** Only where a language model writes. */
  writer?: ModelWriter;
}

const spaced = (text: string): string => text.normalize('NFC').trim().replace(/\s+/gu, ' ');

// Control and format characters, unpaired surrogates and line separators have no place in a name.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

function line(max: number): z.ZodType<string, string> {
  const expected = `a text of 1 to ${max} characters without control characters`;
  return z
    .string({ error: `is ${expected}` })
    .refine((text) => !UNPRINTABLE.test(text), `is ${expected}`)
    .transform(spaced)
    .refine((text) => text.length >= 1 && text.length <= max, `is ${expected}`);
}

// What would point at a person: an address or account, a link, a telephone number.
const PERSONAL = /@|:\/\/|\bwww\.|\d[\d\s().-]{5,}\d/u;

// Something that can be seen: more than marks, fillers and joiners.
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\p{M}\s]/u;

const interestLine = line(MAX_INTEREST_LENGTH)
  .refine((text) => VISIBLE.test(text), 'is a text that can be seen')
  .refine((text) => !text.includes('|'), 'has no "|"')
  .refine((text) => !PERSONAL.test(text.normalize('NFKC')), 'names no account, link or telephone number');

/** What a level of an attribute looks like, for people. */
export const LEVEL_FORM = `is ${MAX_INTEREST_LENGTH} characters at most that can be seen, without "|", accounts, links or telephone numbers`;

/** Whether a text can be a level of an attribute: one that an interest could be, and not spaced otherwise. */
export function isLevel(text: string): boolean {
  const parsed = interestLine.safeParse(text);
  return parsed.success && parsed.data === text;
}

const age = z.int(`is a whole number from ${MIN_AGE} to ${MAX_AGE}`).min(MIN_AGE).max(MAX_AGE);
const AGE_RANGE = `is [min, max] in whole years, ${MIN_AGE} ≤ min ≤ max ≤ ${MAX_AGE}`;

const schema = z.strictObject({
  gender: z.enum(GENDERS, `is one of ${GENDERS.join(', ')}`),
  count: z
    .int(`is a whole number from 1 to ${MAX_COUNT}`)
    .min(1, `is at least 1`)
    .max(MAX_COUNT, `is at most ${MAX_COUNT}`),
  country: line(60),
  city: line(MAX_CITY_LENGTH).optional(),
  age_range: z
    .tuple([age, age], AGE_RANGE)
    .refine(([min, max]) => min <= max, { error: `${AGE_RANGE}; these are reversed` })
    .optional(),
  interests: z
    .array(interestLine, `is a list of 1 to ${MAX_INTERESTS} texts`)
    .min(1, 'has at least one interest when it is given')
    .max(MAX_INTERESTS, `has at most ${MAX_INTERESTS} interests`)
    .optional(),
  seed: line(MAX_SEED_LENGTH),
  // Made from a population file, which has a schema of its own; no request says it otherwise.
  composition: z.custom<Composition>().optional(),
  // Found out by asking the model; a request only says that there is to be one.
  writer: z.custom<ModelWriter>().optional(),
});

/**
 * Checks the form of a specification and settles its spellings. Country and city are not looked up here.
 * @throws InvalidSpecification naming every field that is wrong
 */
export function normalForm(specification: PopulationSpecification): NormalSpecification {
  const parsed = schema.safeParse(specification);
  if (!parsed.success) throw new InvalidSpecification(parsed.error.issues.flatMap(issuesOf));
  const { city, age_range, interests, country, composition, writer, ...rest } = parsed.data;
  return {
    ...rest,
    country: country.toUpperCase(),
    city: city ?? null,
    age_range: age_range ?? [MIN_AGE, MAX_AGE],
    interests: withoutRepetition(interests ?? []),
    ...(composition !== undefined && { composition: inOrder(composition) }),
    ...(writer !== undefined && { writer: writerInOrder(writer) }),
  };
}

function issuesOf(issue: z.core.$ZodIssue): FieldIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((field) => ({ field, message: 'is not a field of a population specification' }));
  }
  const [field = '', index] = issue.path;
  if (field === 'age_range')
    return [{ field, message: issue.message.startsWith('is [') ? issue.message : AGE_RANGE }];
  return [
    {
      field: index === undefined ? String(field) : `${String(field)}[${String(index)}]`,
      message: issue.message,
    },
  ];
}

function withoutRepetition(interests: readonly string[]): string[] {
  const seen = new Set<string>();
  return interests.filter((interest) => {
    const key = interest.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

/** The specification that has this normal form. */
export function specificationOf({ city, interests, ...rest }: NormalSpecification): PopulationSpecification {
  return { ...rest, city: city ?? undefined, interests: interests.length > 0 ? interests : undefined };
}

/** SHA-256 of the canonical specification (RFC 8785) and the generator's version: what a population is known by. */
export function specificationDigest(specification: NormalSpecification): Buffer {
  const text = canonicalize({ generator_version: GENERATOR_VERSION, specification }) as string;
  return createHash('sha256').update(text, 'utf8').digest();
}

/** The key of what is drawn for a population. Whoever writes, it is drawn the same: models can be held against each other. */
export function drawingKey({ writer: _writer, ...specification }: NormalSpecification): RandomKey {
  const digest = specificationDigest(specification);
  return { k0: digest.readUInt32BE(8), k1: digest.readUInt32BE(12) };
}
