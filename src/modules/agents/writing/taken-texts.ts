import type { DataSource } from 'typeorm';
import { areAlike, bandsOf, pairsOf } from '../audit/bio-likeness.js';
import { foldText } from '../generator/text.js';
import type { WritingsRepository } from './writings.repository.js';

/** A biography in the forms in which biographies are compared. */
export interface ComparableBio {
  readonly key: string;
  readonly pairs: ReadonlySet<number>;
  readonly bands: readonly number[];
}

/** How names are compared: without accents, marks and capitals. */
export function nameKey(name: string): string {
  return foldText(name);
}

export function comparableBio(bio: string): ComparableBio {
  const pairs = pairsOf(bio);
  return { key: foldText(bio), pairs, bands: bandsOf(pairs) };
}

/** The names and biographies of a writing that are taken: those of this window in memory, those before it in the database. */
export class TakenTexts {
  private readonly names = new Set<string>();
  private readonly bios = new Map<number, ComparableBio[]>();

  constructor(
    private readonly writingId: string,
    private readonly dataSource: DataSource,
    private readonly writings: WritingsRepository,
  ) {}

  /** Looks up what earlier agents have of what is written now. */
  async look(names: readonly string[], bios: readonly ComparableBio[]): Promise<void> {
    const { manager } = this.dataSource;
    for (const key of await this.writings.namesTaken(manager, this.writingId, names)) this.names.add(key);
    const bands = [...new Set(bios.flatMap((bio) => bio.bands))];
    for (const bio of await this.writings.biographiesLike(manager, this.writingId, bands))
      this.takeBio(comparableBio(bio));
  }

  /** @returns false when somebody has the name */
  takeName(key: string): boolean {
    if (this.names.has(key)) return false;
    this.names.add(key);
    return true;
  }

  /** What another biography makes of this one: `duplicate`, `near_duplicate`, or nothing. */
  likeness({ key, pairs, bands }: ComparableBio): 'duplicate' | 'near_duplicate' | undefined {
    const candidates = new Set(bands.flatMap((band) => this.bios.get(band) ?? []));
    for (const other of candidates) if (other.key === key) return 'duplicate';
    for (const other of candidates) if (areAlike(other.pairs, pairs)) return 'near_duplicate';
    return undefined;
  }

  takeBio(bio: ComparableBio): void {
    for (const band of bio.bands) this.bios.set(band, [...(this.bios.get(band) ?? []), bio]);
  }
}
