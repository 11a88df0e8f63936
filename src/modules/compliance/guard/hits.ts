/** A part of a text, in UTF-16 units, half-open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The most places of one finder that are kept of a text; counts end there too. */
const MAX_HITS = 100;

/** What was found in one text, by the number of what found it; kept between texts, so that reading allocates little. */
export class Hits {
  private readonly found: Span[][] = [];
  private readonly failed = new Set<number>();
  private readonly counts = new Map<number, number>();
  private touched: number[] = [];

  add(finder: number, start: number, end: number): void {
    const spans = (this.found[finder] ??= []);
    if (spans.length === 0) this.touched.push(finder);
    if (spans.length < MAX_HITS) spans.push({ start, end });
  }

  fail(finder: number): void {
    this.failed.add(finder);
  }

  hasFailed(finder: number): boolean {
    return this.failed.has(finder);
  }

  of(finder: number): readonly Span[] {
    return this.found[finder] ?? [];
  }

  /** How many places there are when the text was read, those that overlap counted once. @throws where the finder could not be run */
  count(finder: number): number {
    if (this.failed.has(finder)) throw new Error('what the condition counts could not be looked for');
    const known = this.counts.get(finder);
    if (known !== undefined) return known;
    let places = 0;
    let end = -1;
    for (const span of this.of(finder).toSorted((a, b) => a.start - b.start)) {
      if (span.start >= end) places += 1;
      end = Math.max(end, span.end);
    }
    this.counts.set(finder, places);
    return places;
  }

  /** Forgets all of a text. */
  clear(): void {
    for (const finder of this.touched) {
      const spans = this.found[finder];
      if (spans !== undefined) spans.length = 0;
    }
    this.touched = [];
    this.failed.clear();
    this.counts.clear();
  }
}
