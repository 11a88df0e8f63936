const MINUTE_MS = 60_000;

/** Whether a text is the name of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone !== '' && /^[A-Za-z]/u.test(name);
  } catch {
    return false;
  }
}

/** Minutes by which the clock of a time zone is ahead of UTC at the beginning of a day (UTC). */
export function minutesAhead(zone: string, date: string): number {
  const moment = new Date(`${date}T00:00:00Z`);
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment);
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'));
  return (local - moment.getTime()) / MINUTE_MS;
}

/** The day of the week of a date, 0 (Monday) to 6. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Everybody's time zone among the clocks of a run. */
export interface Clocks {
  /** Minutes by which each is ahead of the first, in which the start is stated. */
  readonly ahead: readonly number[];
  /** The clock of each person, a place among them. */
  readonly of: Uint8Array;
}

/** The clocks that people live by on a day. A zone that is not known, and any beyond 256 clocks, is taken for the first. */
export function clocksOf(zones: readonly string[], reference: string, date: string): Clocks {
  const base = minutesAhead(reference, date);
  const ahead = [0];
  const places = new Map<string, number>();
  const placeOf = (zone: string): number => {
    const difference = isTimeZone(zone) ? minutesAhead(zone, date) - base : 0;
    const found = ahead.indexOf(difference);
    if (found >= 0) return found;
    return ahead.length > 255 ? 0 : ahead.push(difference) - 1;
  };
  const of = Uint8Array.from(zones, (zone) => {
    const place = places.get(zone) ?? placeOf(zone);
    places.set(zone, place);
    return place;
  });
  return { ahead, of };
}
