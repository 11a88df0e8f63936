import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured in this process; every name begins with this. */
const PREFIX = 'azt3knet_';

/** A label that people choose the values of shows so many of them; the others count together. */
const MOST_VALUES = 100;
const OTHERS = 'other';

interface Measure<Label extends string> {
  /** Without the prefix; ends in its unit, counters in `_total`. */
  name: string;
  help: string;
  labels?: readonly Label[];
}

/** The measurements of one process. Modules make theirs once, in a constructor, and record them wherever they happen. */
export class Metrics {
  readonly registry = new Registry();

  counter<Label extends string = never>(measure: Measure<Label>): Counter<Label> {
    return new Counter(this.options(measure));
  }

  /** @param buckets upper bounds, ascending, in the unit of the name */
  histogram<Label extends string = never>(
    measure: Measure<Label> & { buckets: readonly number[] },
  ): Histogram<Label> {
    return new Histogram({ ...this.options(measure), buckets: [...measure.buckets] });
  }

  /** @param collect sets the values when somebody asks for them */
  gauge<Label extends string = never>(
    measure: Measure<Label>,
    collect?: (gauge: Gauge<Label>) => void,
  ): Gauge<Label> {
    return new Gauge({
      ...this.options(measure),
      ...(collect && {
        collect(this: Gauge<Label>) {
          collect(this);
        },
      }),
    });
  }

  private options<Label extends string>({ name, help, labels = [] }: Measure<Label>) {
    return { name: PREFIX + name, help, labelNames: [...labels], registers: [this.registry] };
  }
}

/** Keeps the values of a label to a number that a monitoring system can bear. */
export class BoundedLabel {
  private readonly seen = new Set<string>();

  of(value: string): string {
    if (this.seen.size < MOST_VALUES) this.seen.add(value);
    return this.seen.has(value) ? value : OTHERS;
  }
}
