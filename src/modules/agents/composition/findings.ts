import { dotted, type PathIssue } from '../../../core/documents/index.js';
import { InvalidSpecification } from '../agents.errors.js';

/** The most mistakes that an error names. */
const MAX_FINDINGS = 20;

/** Mistakes of a population file, with their places in it. */
export class InvalidComposition extends InvalidSpecification {
  constructor(readonly places: readonly PathIssue[]) {
    super(places.slice(0, MAX_FINDINGS).map(({ path, message }) => ({ field: dotted(path), message })));
  }
}

/** Collects what is wrong, so that one error names it all. */
export class Findings {
  private readonly all: PathIssue[] = [];

  add(path: readonly PropertyKey[], message: string): void {
    this.all.push({ path, message });
  }

  get some(): boolean {
    return this.all.length > 0;
  }

  /** @throws InvalidComposition naming every place, where there is one */
  raise(): void {
    if (this.some) throw new InvalidComposition(this.all);
  }
}
