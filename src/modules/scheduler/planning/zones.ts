const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** From a moment on, how far local time is ahead of UTC, both in milliseconds. */
interface Segment {
  from: number;
  offset: number;
}

/** The local time of one zone between two moments: what the time zone database says, asked once and kept. */
export class Zone {
  private readonly segments: readonly Segment[];

  /**
   * @param timezone an IANA name
   * @param from milliseconds since 1970, as is `to`; a day around them is known as well
   * @throws RangeError where there is no such zone
   */
  constructor(timezone: string, from: number, to: number) {
    const offsetAt = offsets(timezone);
    const first = floorTo(from - 2 * DAY_MS, MINUTE_MS);
    const segments = [{ from: first, offset: offsetAt(first) }];
    for (let at = first; at < to + 2 * DAY_MS; at += DAY_MS) {
      const before = segments.at(-1) as Segment;
      const offset = offsetAt(at + DAY_MS);
      if (offset !== before.offset) segments.push({ from: changeBetween(offsetAt, at, at + DAY_MS), offset });
    }
    this.segments = segments;
  }

  /** What clocks on the wall show, as milliseconds since 1970 as if it were UTC. */
  wallOf(at: number): number {
    const segment = this.segments.findLast(({ from }) => from <= at) ?? this.segments[0];
    return at + (segment?.offset ?? 0);
  }

  /** The first moment at which clocks show this; where they skip it, the moment at which they do. */
  momentOf(wall: number): number {
    for (const [index, { offset }] of this.segments.entries()) {
      const at = wall - offset;
      const next = this.segments[index + 1];
      if (next === undefined || at < next.from) return Math.max(at, this.segments[index]?.from ?? at);
    }
    throw new Error('a zone has a last segment');
  }
}

function floorTo(value: number, unit: number): number {
  return Math.floor(value / unit) * unit;
}

/** Between two moments with different offsets: when the second begins, to the minute. */
function changeBetween(offsetAt: (at: number) => number, low: number, high: number): number {
  const before = offsetAt(low);
  let [from, to] = [low, high];
  while (to - from > MINUTE_MS) {
    const middle = floorTo((from + to) / 2, MINUTE_MS);
    if (offsetAt(middle) === before) from = middle;
    else to = middle;
  }
  return to;
}

function offsets(timezone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - floorTo(at, 1_000);
  };
}
