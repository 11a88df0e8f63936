import { RandomStream, type RandomKey } from '../../engine/random.js';
import type { AgentProfile } from './agent.profile.js';
import type { ResolvedPopulation } from './agents.rules.js';
import { ageWeights, cadenceAt, drawBiases, TONE_TABLE } from './generator/behaviour.js';
import { BiographyWriter } from './generator/biography.js';
import { GenderPlan } from './generator/gender-plan.js';
import type { City } from './generator/geography.js';
import { HandleMaker } from './generator/handles.js';
import { subkey } from './generator/identifiers.js';
import { InterestMix } from './generator/interests.js';
import { NamePool, type PersonName } from './generator/names.js';
import { WeightedTable } from './generator/weighted.js';
import { PopulationGenerator } from './population.generator.js';

/** What the second half of a digest keys: every use of randomness has a key of its own. */
enum KeyUse {
  Gender = 1,
  FemaleNames,
  MaleNames,
  Handles,
}

/** Makes the agents of a population whose specification names one country, and filters. */
export class FlatGenerator extends PopulationGenerator {
  private readonly draws: DrawTables;
  private readonly stream: RandomStream;
  private readonly name: PersonName = { full: '', givenHandle: '', familyHandle: '' };

  constructor(private readonly resolved: ResolvedPopulation) {
    super(resolved.specification);
    this.stream = new RandomStream(this.key, 0);
    this.draws = drawTables(resolved, this.key);
  }

  override profile(index: number): AgentProfile {
    this.requireIndex(index);
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

  protected override get handles(): HandleMaker {
    return this.draws.handles;
  }

  override biographySentences(): Iterable<string> {
    return this.draws.biographies.allSentences();
  }
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
