import { RandomStream, threefry2x32, type RandomKey } from '../../engine/random.js';
import { MAX_AGE, MIN_AGE, type AgentProfile, type PostingCadence } from './agent.profile.js';
import { resolvePopulation, type ResolvedPopulation } from './agents.rules.js';
import {
  AGE_SHAPE,
  BIAS_COUNT_SHARES,
  BIAS_SHARES,
  CADENCES_BY_AGE,
  TONE_SHARES,
} from './data/behaviours.js';
import { BiographyWriter } from './generator/biography.js';
import { GenderPlan } from './generator/gender-plan.js';
import type { City } from './generator/geography.js';
import { HandleMaker } from './generator/handles.js';
import { AgentIdentifiers, uuidFromDigest } from './generator/identifiers.js';
import { InterestMix } from './generator/interests.js';
import { NamePool, type PersonName } from './generator/names.js';
import { WeightedTable } from './generator/weighted.js';
import {
  specificationDigest,
  type NormalSpecification,
  type PopulationSpecification,
} from './population.specification.js';

const TONE_TABLE = new WeightedTable(TONE_SHARES);
const BIAS_TABLE = new WeightedTable(BIAS_SHARES);
const BIAS_COUNT_TABLE = new WeightedTable(BIAS_COUNT_SHARES);
const CADENCE_TABLES = CADENCES_BY_AGE.map(({ until, shares }) => ({
  until,
  table: new WeightedTable(shares),
}));

/** What the second half of a digest keys: every use of randomness has a key of its own. */
enum KeyUse {
  Gender = 1,
  FemaleNames,
  MaleNames,
  Handles,
}

/**
 * Makes the agents of one population. Agent `index` is a pure function of the specification and the index: whoever
 * asks, in whatever order, gets the same bytes.
 */
export class PopulationGenerator {
  /** SHA-256 of the canonical specification, in hexadecimal. */
  readonly digest: string;
  /** The population's id, a version-4-shaped UUID from the digest. */
  readonly id: string;
  readonly specification: NormalSpecification;
  private readonly draws: DrawTables;
  private readonly identifiers: AgentIdentifiers;
  private readonly stream: RandomStream;
  private readonly name: PersonName = { full: '', givenHandle: '', familyHandle: '' };

  constructor(private readonly resolved: ResolvedPopulation) {
    this.specification = resolved.specification;
    const digest = specificationDigest(resolved.specification);
    const word = (index: number): number => digest.readUInt32BE(4 * index);
    this.digest = digest.toString('hex');
    this.id = uuidFromDigest(digest.subarray(16));
    this.identifiers = new AgentIdentifiers({ k0: word(0), k1: word(1) });
    const key = { k0: word(2), k1: word(3) };
    this.stream = new RandomStream(key, 0);
    this.draws = drawTables(resolved, key);
  }

  /** How many agents there are. */
  get count(): number {
    return this.specification.count;
  }

  /**
   * @param index an integer in [0, count)
   * @throws RangeError for any other
   */
  profile(index: number): AgentProfile {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) {
      throw new RangeError(`agent ${index} of a population of ${this.count}`);
    }
    const { stream, draws, name, specification } = this;
    stream.restart(index);
    const place = draws.genders.at(index);
    (place.names === 'female' ? draws.femaleNames : draws.maleNames)?.at(place.rank, name);
    const city = draws.cities.pick(stream.unit());
    const age = draws.ages.pick(stream.unit());
    const interests = draws.interests.draw(stream);
    const tone = TONE_TABLE.pick(stream.unit());
    return {
      id: this.identifiers.id(index),
      seed: this.identifiers.seed(index),
      name: name.full,
      username_hint: draws.handles.handle(index, name, stream),
      country: specification.country,
      city: city.name,
      locale: this.resolved.locale.tag,
      timezone: city.timezone,
      age,
      gender: place.gender,
      interests,
      bio: draws.biographies.write(tone, interests[0] as string, stream),
      posting_cadence: cadenceAt(age, stream.unit()),
      tone,
      behavioral_biases: drawBiases(stream),
    };
  }

  /**
   * Agents in order, in arrays of `chunk`, so that a million need the memory of one chunk.
   * @param options `to` is exclusive and may be beyond the end
   */
  *chunks(options: { from?: number; to?: number; chunk?: number } = {}): Generator<AgentProfile[]> {
    const { from = 0, to = this.count, chunk = 1000 } = options;
    const end = Math.min(to, this.count);
    for (let start = from; start < end; start += chunk) {
      const agents: AgentProfile[] = [];
      const stop = Math.min(start + chunk, end);
      for (let index = start; index < stop; index += 1) agents.push(this.profile(index));
      yield agents;
    }
  }

  /** Agents in order, one by one. */
  *profiles(): Generator<AgentProfile> {
    for (const agents of this.chunks()) yield* agents;
  }

  /** The first agents, at most as many as there are. */
  preview(count: number): AgentProfile[] {
    return Array.from({ length: Math.min(count, this.count) }, (_, index) => this.profile(index));
  }

  /** Every sentence that a biography of this population can have. */
  biographySentences(): Iterable<string> {
    return this.draws.biographies.allSentences();
  }
}

/**
 * Checks a specification, loads the data that it needs, and makes its generator.
 * @throws InvalidSpecification where it cannot be fulfilled
 */
export async function createGenerator(specification: PopulationSpecification): Promise<PopulationGenerator> {
  return new PopulationGenerator(await resolvePopulation(specification));
}

interface DrawTables {
  readonly genders: GenderPlan;
  readonly femaleNames: NamePool | undefined;
  readonly maleNames: NamePool | undefined;
  readonly cities: WeightedTable<City>;
  readonly ages: WeightedTable<number>;
  readonly interests: InterestMix;
  readonly biographies: BiographyWriter;
  readonly handles: HandleMaker;
}

function drawTables(resolved: ResolvedPopulation, key: RandomKey): DrawTables {
  const { specification, locale, cities, names } = resolved;
  const genders = new GenderPlan(specification.gender, specification.count, subkey(key, KeyUse.Gender));
  const { femaleNames, maleNames } = genders;
  const pool = (gender: 'female' | 'male', count: number, use: KeyUse): NamePool | undefined =>
    count === 0 ? undefined : new NamePool(names[gender], locale, count, subkey(key, use));
  const interests = new InterestMix(specification.interests);
  return {
    genders,
    femaleNames: pool('female', femaleNames, KeyUse.FemaleNames),
    maleNames: pool('male', maleNames, KeyUse.MaleNames),
    cities: new WeightedTable(cities.map((city) => [city, city.population])),
    ages: new WeightedTable(ageWeights(specification.age_range)),
    interests,
    biographies: new BiographyWriter(locale.language, interests.all()),
    handles: new HandleMaker(specification.count, subkey(key, KeyUse.Handles)),
  };
}

// Streams count their blocks from zero within each agent; the last subject is no agent.
function subkey(key: RandomKey, use: KeyUse): RandomKey {
  const words = new Uint32Array(2);
  threefry2x32(key, 0xffffffff, use, words);
  return { k0: words[0] as number, k1: words[1] as number };
}

function ageWeights([min, max]: readonly [number, number]): [age: number, weight: number][] {
  const ages: [number, number][] = [];
  for (let age = Math.max(min, MIN_AGE); age <= Math.min(max, MAX_AGE); age += 1)
    ages.push([age, ageWeight(age)]);
  return ages;
}

function ageWeight(age: number): number {
  const next = Math.max(
    1,
    AGE_SHAPE.findIndex(([at]) => age <= at),
  );
  const [fromAge, fromWeight] = AGE_SHAPE[next - 1] as readonly [number, number];
  const [toAge, toWeight] = AGE_SHAPE[next] as readonly [number, number];
  return fromWeight + ((toWeight - fromWeight) * (age - fromAge)) / (toAge - fromAge);
}

function cadenceAt(age: number, unit: number): PostingCadence {
  const band = CADENCE_TABLES.find(({ until }) => age <= until);
  if (band === undefined) throw new RangeError(`no cadence at the age of ${age}`);
  return band.table.pick(unit);
}

function drawBiases(stream: RandomStream): string[] {
  const count = BIAS_COUNT_TABLE.pick(stream.unit());
  const biases: string[] = [];
  while (biases.length < count) {
    const bias = BIAS_TABLE.pick(stream.unit());
    if (!biases.includes(bias)) biases.push(bias);
  }
  return biases;
}
