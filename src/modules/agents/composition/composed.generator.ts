import { RandomStream } from '../../../engine/random.js';
import {
  MAX_AGE,
  MIN_AGE,
  type AgentProfile,
  type Gender,
  type PostingCadence,
  type Tone,
} from '../agent.profile.js';
import { localeOfCountry, type CountryLocale } from '../data/locales.js';
import { ageWeights, cadenceAt, drawBiases, TONE_TABLE } from '../generator/behaviour.js';
import { BiographyWriter } from '../generator/biography.js';
import type { City } from '../generator/geography.js';
import { HandleMaker } from '../generator/handles.js';
import { subkey } from '../generator/identifiers.js';
import { InterestMix } from '../generator/interests.js';
import type { PersonName } from '../generator/names.js';
import { WeightedTable } from '../generator/weighted.js';
import { PopulationGenerator } from '../population.generator.js';
import { isBuiltIn, type BuiltIn, type ComposedAttribute } from './composition.js';
import type { FittedLevels } from './fit-composition.js';
import { genderPlan, NamePlan } from './name-plan.js';
import { PersonaWriter } from './persona.js';
import { rangeOf } from './ranges.js';
import { relationshipPlans, type RelationshipPlan } from './relationships.js';
import type { ResolvedComposition } from './resolve-composition.js';

/** What the second half of a digest keys: every use of randomness has a key of its own. */
export enum KeyUse {
  Levels = 101,
  Gender,
  Names,
  Handles,
  Relationships,
}

/** Makes the agents of a population file, whose levels have been fitted. */
export class ComposedGenerator extends PopulationGenerator {
  private readonly stream: RandomStream;
  private readonly people: People;
  private readonly name: PersonName = { full: '', givenHandle: '', familyHandle: '' };

  /** @param levels the level of every agent, for each attribute of the composition */
  constructor(resolved: ResolvedComposition, levels: FittedLevels) {
    super(resolved.specification);
    this.stream = new RandomStream(this.key, 0);
    this.people = peopleOf(resolved, levels, this.key);
  }

  override profile(index: number): AgentProfile {
    this.requireIndex(index);
    const { stream, people, name } = this;
    stream.restart(index);
    people.names.at(index, name);
    const place = people.placeOf(index);
    const city = place.cities.pick(stream.unit());
    const age = people.ageOf(index, stream.unit());
    const interest = people.level('interests', index);
    const interests =
      interest === undefined ? people.interests.draw(stream) : people.interests.drawAfter(interest, stream);
    const drawnTone = TONE_TABLE.pick(stream.unit());
    const tone = (people.level('tone', index) as Tone | undefined) ?? drawnTone;
    const locale = people.localeOf(index);
    const handle = people.handles.handle(index, name, stream);
    const bio = (people.biographies.get(locale.language) as BiographyWriter).write(
      tone,
      interests[0] as string,
      stream,
    );
    const cadence = cadenceAt(age, stream.unit());
    const profile: AgentProfile = {
      id: this.identifiers.id(index),
      seed: this.identifiers.seed(index),
      name: name.full,
      username_hint: handle,
      country: place.country,
      city: city.name,
      locale: locale.tag,
      timezone: city.timezone,
      age,
      gender: people.genderOf(index),
      interests,
      bio,
      posting_cadence: (people.level('cadence', index) as PostingCadence | undefined) ?? cadence,
      tone,
      behavioral_biases: drawBiases(stream),
    };
    this.extend(profile, index);
    return profile;
  }

  protected override get handles(): HandleMaker {
    return this.people.handles;
  }

  override *biographySentences(): Iterable<string> {
    for (const writer of this.people.biographies.values()) yield* writer.allSentences();
  }

  private extend(profile: AgentProfile, index: number): void {
    const { people, stream } = this;
    if (people.own.length > 0) {
      const attributes: Record<string, string | number> = {};
      for (const { name, values, levels } of people.own) {
        const value = values[levels[index] as number] as string | readonly [number, number];
        attributes[name] = typeof value === 'string' ? value : within(value, stream.unit());
      }
      profile.attributes = attributes;
    }
    if (people.persona === undefined) return;
    profile.persona = people.persona.write(index, stream);
    if (people.relationships.length === 0) return;
    const ties: { kind: string; agent_id: string }[] = [];
    for (const plan of people.relationships) {
      const { kind } = plan;
      plan.each(index, (other) => ties.push({ kind, agent_id: this.identifiers.id(other) }));
    }
    profile.persona.relationships = ties;
  }
}

/** A whole number of a range. @param unit a number in [0, 1) */
function within([from, to]: readonly [number, number], unit: number): number {
  return from + Math.floor(unit * (to - from + 1));
}

interface OwnAttribute {
  readonly name: string;
  readonly values: readonly (string | readonly [number, number])[];
  readonly levels: Uint8Array;
}

interface People {
  readonly names: NamePlan;
  readonly genderOf: (index: number) => Gender;
  readonly localeOf: (index: number) => CountryLocale;
  readonly placeOf: (index: number) => { country: string; cities: WeightedTable<City> };
  readonly ageOf: (index: number, unit: number) => number;
  /** The level of an attribute that is a field; undefined where nothing is said of it. */
  readonly level: (name: BuiltIn, index: number) => string | undefined;
  readonly interests: InterestMix;
  readonly handles: HandleMaker;
  readonly biographies: ReadonlyMap<string, BiographyWriter>;
  readonly own: readonly OwnAttribute[];
  readonly persona: PersonaWriter | undefined;
  readonly relationships: readonly RelationshipPlan[];
}

function peopleOf(
  resolved: ResolvedComposition,
  levels: FittedLevels,
  key: { k0: number; k1: number },
): People {
  const { specification, locales, names } = resolved;
  const { composition, count } = specification;
  const { attributes, persona } = composition;
  const columns = new Map(
    attributes.map((attribute, place) => [
      attribute.name,
      { attribute, levels: levels[place] as Uint8Array },
    ]),
  );
  const places = resolved.places.map(({ country, cities }) => ({
    country,
    cities: new WeightedTable(cities.map((city) => [city, city.population])),
    locale: localeOfCountry(country),
  }));
  const levelOf = (name: BuiltIn, index: number): number | undefined => columns.get(name)?.levels[index];
  const placeOf = (index: number): (typeof places)[number] =>
    places[levelOf('place', index) ?? 0] as (typeof places)[number];
  const localeOf = (index: number): CountryLocale =>
    locales.length === 0 ? placeOf(index).locale : (locales[levelOf('locale', index) ?? 0] as CountryLocale);
  const genderOf = genderPlan(resolved, levels, subkey(key, KeyUse.Gender));
  const interests = new InterestMix(columns.get('interests')?.attribute.levels ?? []);
  const languages = new Set([...names.keys()].map((each) => each.split('_', 1)[0] as string));
  return {
    names: new NamePlan(resolved, count, { genderOf, localeOf }, subkey(key, KeyUse.Names)),
    genderOf,
    localeOf,
    placeOf,
    ageOf: agePlan(columns.get('age')),
    level: (name, index) => {
      const column = columns.get(name);
      return column?.attribute.levels[column.levels[index] as number];
    },
    interests,
    handles: new HandleMaker(count, subkey(key, KeyUse.Handles)),
    biographies: new Map(
      [...languages].map((language) => [language, new BiographyWriter(language, interests.all())]),
    ),
    own: attributes.flatMap((attribute, place) =>
      isBuiltIn(attribute.name) ? [] : [ownAttribute(attribute, levels[place] as Uint8Array)],
    ),
    persona: persona === null ? undefined : new PersonaWriter(persona, composition, levels),
    relationships: relationshipPlans(composition, levels, count, subkey(key, KeyUse.Relationships)),
  };
}

function ownAttribute({ name, kind, levels: texts }: ComposedAttribute, levels: Uint8Array): OwnAttribute {
  const values = texts.map((text) => (kind === 'range' ? (rangeOf(text) ?? text) : text));
  return { name, values, levels };
}

function agePlan(
  column: { attribute: ComposedAttribute; levels: Uint8Array } | undefined,
): (index: number, unit: number) => number {
  const ranges = column?.attribute.levels.map((level) => rangeOf(level)) ?? [];
  const tables = ranges.map((range) => new WeightedTable(ageWeights(range ?? [MIN_AGE, MAX_AGE])));
  const all = new WeightedTable(ageWeights([MIN_AGE, MAX_AGE]));
  return (index, unit) => (tables[column?.levels[index] ?? -1] ?? all).pick(unit);
}
