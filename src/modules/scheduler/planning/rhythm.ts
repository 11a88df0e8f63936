const DAY_MINUTES = 1_440;

/** A time of the day on the wall: `HH:MM`. */
export interface QuietHours {
  from: string;
  to: string;
}

/** How busy each hour of a day is where nobody says: little by night, much at noon and in the evening. */
export const USUAL_RHYTHM: readonly number[] = [
  2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 9, 10, 12, 12, 10, 9, 9, 10, 12, 14, 15, 13, 9, 5,
];

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** How likely each minute of a day is, by the rhythm of its hour; minutes of quiet are not. */
export class DayShape {
  /** Weights of the minutes before each, the sum of all last. */
  private readonly sums = new Uint32Array(DAY_MINUTES + 1);

  /** @param rhythm 24 whole weights, 0 to 100 */
  constructor(rhythm: readonly number[] = USUAL_RHYTHM, quiet: QuietHours | null = null) {
    const [from, to] = quiet === null ? [0, 0] : [minuteOf(quiet.from), minuteOf(quiet.to)];
    const isQuiet = (minute: number): boolean =>
      from <= to ? minute >= from && minute < to : minute >= from || minute < to;
    for (let minute = 0; minute < DAY_MINUTES; minute += 1) {
      const weight = isQuiet(minute) ? 0 : (rhythm[Math.floor(minute / 60)] ?? 0);
      this.sums[minute + 1] = (this.sums[minute] ?? 0) + weight;
    }
  }

  /** The weights of the minutes from one, included, to another, excluded. */
  weight(from: number = 0, to: number = DAY_MINUTES): number {
    return (this.sums[to] ?? 0) - (this.sums[from] ?? 0);
  }

  /** Whether anything is said in a minute of the day. */
  isAwake(minute: number): boolean {
    return this.weight(minute, minute + 1) > 0;
  }

  /** The minute in which a share of the day's weight is reached. @param share from 0, included, to `weight()` */
  minuteAt(share: number): number {
    let [low, high] = [0, DAY_MINUTES];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.sums[middle] ?? 0) <= share) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Those hours of the day in which anything is said. */
  get hours(): number[] {
    return Array.from({ length: 24 }, (_, hour) => hour).filter(
      (hour) => this.weight(hour * 60, hour * 60 + 60) > 0,
    );
  }

  /** The weight of all minutes before one. */
  before(minute: number): number {
    return this.sums[minute] ?? 0;
  }
}
