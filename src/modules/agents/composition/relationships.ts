import { RandomStream, type RandomKey } from '../../../engine/random.js';
import { subkey } from '../generator/identifiers.js';
import { groupPeople } from '../fitting/groups.js';
import type { ComposedPersona, Composition } from './composition.js';
import type { FittedLevels } from './fit-composition.js';

type Relationship = ComposedPersona['relationships'][number];

/**
 * One kind of relationship. People who have what it asks alike stand in a shuffled row; pairs are neighbours in it,
 * and more are as many to either side in a ring, so that everything is mutual. A group that is too small for its
 * ring has fewer.
 */
export class RelationshipPlan {
  readonly kind: string;
  private readonly people: Int32Array;
  private readonly placeOf: Int32Array;
  private readonly groupStart: Int32Array;
  private readonly groupOf: Int32Array;

  constructor(
    private readonly relationship: Relationship,
    { attributes }: Composition,
    levels: FittedLevels,
    count: number,
    key: RandomKey,
  ) {
    this.kind = relationship.kind;
    const stream = new RandomStream(key, 0);
    const within = relationship.within.map((name) => attributes.findIndex((each) => each.name === name));
    const { of, sizes } = groupPeople(
      count,
      within.map((place) => levels[place] as Uint8Array),
      within.map((place) => attributes[place]?.levels.length as number),
    );
    this.groupOf = of;
    this.groupStart = new Int32Array(sizes.length + 1);
    for (const [group, size] of sizes.entries())
      this.groupStart[group + 1] = (this.groupStart[group] as number) + size;
    this.people = this.shuffled(stream);
    this.placeOf = new Int32Array(count);
    for (const [place, person] of this.people.entries()) this.placeOf[person] = place;
  }

  /** Tells the places of those whom an agent has this relationship with, each once. */
  each(index: number, tell: (other: number) => void): void {
    const { each, share } = this.relationship;
    const group = this.groupOf[index] as number;
    const start = this.groupStart[group] as number;
    const size = Math.floor(((this.groupStart[group + 1] as number) - start) * share);
    const place = (this.placeOf[index] as number) - start;
    if (place >= size) return;
    const { people } = this;
    if (each === 1) {
      if ((place ^ 1) < size) tell(people[start + (place ^ 1)] as number);
      return;
    }
    const reach = Math.min(each / 2, Math.floor((size - 1) / 2));
    for (let step = 1; step <= reach; step += 1) {
      tell(people[start + ((place + step) % size)] as number);
      tell(people[start + ((place - step + size) % size)] as number);
    }
    // Where the ring is too small, and has an even number, one is opposite.
    if (reach < each / 2 && size % 2 === 0) tell(people[start + ((place + size / 2) % size)] as number);
  }

  /** People by group, each group in an order of its own (Fisher and Yates). */
  private shuffled(stream: RandomStream): Int32Array {
    const next = this.groupStart.slice();
    const people = new Int32Array(this.groupOf.length);
    for (const [person, group] of this.groupOf.entries()) {
      people[next[group] as number] = person;
      next[group] = (next[group] as number) + 1;
    }
    for (let group = 0; group + 1 < this.groupStart.length; group += 1) {
      const start = this.groupStart[group] as number;
      for (let place = (this.groupStart[group + 1] as number) - 1; place > start; place -= 1) {
        const other = start + stream.below(place - start + 1);
        const person = people[place] as number;
        people[place] = people[other] as number;
        people[other] = person;
      }
    }
    return people;
  }
}

/** The relationships of a composition; each kind has a key of its own. */
export function relationshipPlans(
  composition: Composition,
  levels: FittedLevels,
  count: number,
  key: RandomKey,
): RelationshipPlan[] {
  return (composition.persona?.relationships ?? []).map(
    (each, place) => new RelationshipPlan(each, composition, levels, count, subkey(key, place + 1)),
  );
}
