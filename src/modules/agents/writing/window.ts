import type { PopulationGenerator } from '../population.generator.js';
import type { AgentProfile } from '../agent.profile.js';
import { checkPerson, type CheckedPerson, type FieldRefusal } from './check-person.js';
import { isDeniedHandle } from './deny-list.js';
import type { Draftee, WrittenPerson } from './people.request.js';
import { comparableBio, nameKey, type ComparableBio, type TakenTexts } from './taken-texts.js';
import { WRITTEN_FIELDS, type WritingTally, type WrittenField } from './writer.js';
import type { WrittenRow } from './writings.repository.js';

/** What the model has given so far that was taken. */
type Taken = Omit<CheckedPerson, 'refusals'>;

interface Draft {
  readonly index: number;
  readonly profile: AgentProfile;
  taken: Taken;
  refused: string[];
}

/** What the guard does not let pass of what somebody wrote. */
export type GuardFields = (draft: Draftee, checked: CheckedPerson) => Promise<ReadonlySet<WrittenField>>;

/** One person of a round: what was written, and what of it can be compared with others. */
interface Candidate {
  readonly draft: Draft;
  readonly checked: CheckedPerson | undefined;
  readonly blocked: ReadonlySet<WrittenField>;
  readonly bio: ComparableBio | undefined;
}

/**
 * Some neighbouring agents while they are written. A field that was taken stays; what was refused is asked for again, and what
 * stays refused the rules write. What is taken depends on the answers alone, not on when they came.
 */
export class Window {
  private readonly drafts: Draft[];

  /** @param to exclusive */
  constructor(
    private readonly generator: PopulationGenerator,
    readonly from: number,
    readonly to: number,
    private readonly texts: TakenTexts,
    private readonly tally: WritingTally,
  ) {
    this.drafts = Array.from({ length: to - from }, (_, at) => {
      const index = from + at;
      return { index, profile: generator.profile(index), taken: {}, refused: [] };
    });
  }

  /** Whoever lacks something, in groups of so many. */
  open(size: number): Draftee[][] {
    const open = this.drafts.filter(({ taken }) =>
      WRITTEN_FIELDS.some((field) => taken[field] === undefined),
    );
    return Array.from({ length: Math.ceil(open.length / size) }, (_, at) =>
      open.slice(at * size, (at + 1) * size),
    );
  }

  /** Takes what can be taken of a round. @param answers for each group; undefined where there is none to be read */
  async judge(
    groups: readonly (readonly Draftee[])[],
    answers: readonly (readonly WrittenPerson[] | undefined)[],
    guard: GuardFields,
  ): Promise<void> {
    const candidates: Candidate[] = [];
    for (const [at, group] of groups.entries())
      for (const [place, { index }] of group.entries()) {
        const draft = this.drafts[index - this.from] as Draft;
        const written = answers[at]?.find(({ n }) => n === place + 1);
        candidates.push(await candidateOf(draft, written, guard));
      }
    const names = candidates.flatMap(({ checked }) =>
      checked?.name === undefined ? [] : [nameKey(checked.name)],
    );
    await this.texts.look(
      names,
      candidates.flatMap(({ bio }) => bio ?? []),
    );
    for (const candidate of candidates) this.take(candidate);
  }

  /** The agents as they are kept, the rules' words where the model's were refused. */
  rows(): WrittenRow[] {
    return this.drafts.map(({ index, profile, taken }) => {
      for (const field of WRITTEN_FIELDS)
        this.tally[taken[field] === undefined ? 'by_rules' : 'by_model'][field] += 1;
      const { name = profile.name, bio = profile.bio } = taken;
      return {
        position: index,
        name,
        name_key: nameKey(name),
        username_hint:
          taken.name === undefined ? profile.username_hint : this.generator.handleOf(index, name),
        interests: taken.interests ?? profile.interests,
        bio,
        bio_bands: taken.bio === undefined ? [] : comparableBio(bio).bands.slice(),
        behavioral_biases: taken.biases ?? profile.behavioral_biases,
      };
    });
  }

  private take({ draft, checked, blocked, bio }: Candidate): void {
    draft.refused = [];
    if (checked === undefined) {
      this.tally.refused.missing += 1;
      return;
    }
    const { refusals, ...fields } = checked;
    for (const refusal of refusals) this.refuse(draft, refusal);
    for (const field of WRITTEN_FIELDS) {
      const value = fields[field];
      if (value === undefined || draft.taken[field] !== undefined) continue;
      const refusal = blocked.has(field) ? guarded(field) : this.compare(draft, field, value, bio);
      if (refusal === undefined) draft.taken = { ...draft.taken, [field]: value };
      else this.refuse(draft, refusal);
    }
  }

  /** What is wrong with a field beside those of others; what is not is theirs from now on. */
  private compare(
    draft: Draft,
    field: WrittenField,
    value: string | readonly string[],
    bio: ComparableBio | undefined,
  ): FieldRefusal | undefined {
    if (field === 'name') return this.compareName(draft, value as string);
    if (field !== 'bio' || bio === undefined) return undefined;
    const reason = this.texts.likeness(bio);
    if (reason !== undefined) return { field, reason, words: 'somebody else has nearly the same bio' };
    this.texts.takeBio(bio);
    return undefined;
  }

  private compareName({ index }: Draft, name: string): FieldRefusal | undefined {
    const field = 'name';
    if (isDeniedHandle(this.generator.handleOf(index, name)))
      return { field, reason: 'denied', words: `nobody may be called ${name}` };
    if (this.texts.takeName(nameKey(name))) return undefined;
    return { field, reason: 'duplicate', words: `somebody else is called ${name}` };
  }

  private refuse(draft: Draft, { field, reason, words }: FieldRefusal): void {
    if (draft.taken[field] !== undefined) return;
    this.tally.refused[reason] += 1;
    draft.refused.push(words);
  }
}

async function candidateOf(
  draft: Draft,
  written: WrittenPerson | undefined,
  guard: GuardFields,
): Promise<Candidate> {
  if (written === undefined) return { draft, checked: undefined, blocked: new Set(), bio: undefined };
  const checked = checkPerson(written, draft.profile);
  const bio =
    checked.bio === undefined || draft.taken.bio !== undefined ? undefined : comparableBio(checked.bio);
  return { draft, checked, blocked: await guard(draft, checked), bio };
}

function guarded(field: WrittenField): FieldRefusal {
  return { field, reason: 'guard', words: `the ${field} breaks the rules of the network` };
}
