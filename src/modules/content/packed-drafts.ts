import type { NewDraft } from './draft-record.js';

/** How many drafts one pack holds: what the guard decides on and the database takes at once. */
const PACK = 1_000;

/**
 * Drafts that wait to be committed together. They are kept as JSON bytes, a fifth of what they are as objects, and
 * outside the heap.
 */
export class PackedDrafts {
  private readonly packs: Buffer[] = [];
  private open: NewDraft[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(draft: NewDraft): void {
    this.open.push(draft);
    this.count += 1;
    if (this.open.length === PACK) this.close();
  }

  /** The drafts in the order in which they were added, in arrays of up to a thousand. */
  *unpack(): Generator<NewDraft[]> {
    if (this.open.length > 0) this.close();
    for (const pack of this.packs) yield JSON.parse(pack.toString()) as NewDraft[];
  }

  private close(): void {
    this.packs.push(Buffer.from(JSON.stringify(this.open)));
    this.open = [];
  }
}
