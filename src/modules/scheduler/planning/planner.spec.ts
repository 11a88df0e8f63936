import { describe, expect, it } from 'vitest';
import type { PostingCadence } from '../../agents/index.js';
import { isKept, Planner, type PlanTerms } from './planner.js';
import { Zone } from './zones.js';

const terms = (changes: Partial<PlanTerms> = {}): PlanTerms => ({
  id: 'b0b1c9b0-0000-4000-8000-000000000001',
  seed: '7',
  templates: ['street_art_campaign@1.0.0', 'local_news@1.0.0'],
  startsAt: new Date('2026-10-01T00:00:00Z'),
  endsAt: new Date('2026-11-30T00:00:00Z'),
  quietHours: { from: '22:30', to: '07:15' },
  rhythm: null,
  caps: { total: 1_000_000 },
  approval: { rule: 'none' },
  ...changes,
});
const agent = (posting_cadence: PostingCadence, timezone: string = 'America/New_York', id: string = 'a') => ({
  id,
  timezone,
  posting_cadence,
});
const planOf = (given: PlanTerms, of: ReturnType<typeof agent>) => [
  ...new Planner(given).ofAgent(of, () => true),
];
const CADENCES = ['hourly', 'daily', 'weekly', 'monthly'] as const;
const ZONES = [
  'America/New_York',
  'America/Mexico_City',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
  'Europe/Madrid',
];

/** What a clock on a wall there shows, as `HH:MM`. */
function wall(timezone: string, at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

const counted = (approval: PlanTerms['approval']) =>
  planOf(terms({ approval }), agent('hourly')).map(({ approvals }) => approvals);

describe('a plan', () => {
  it.each(CADENCES)('of a %s cadence is the same every time, in order, and within its time', (cadence) => {
    const plan = planOf(terms(), agent(cadence));
    expect(planOf(terms(), agent(cadence))).toEqual(plan);
    expect(planOf(terms({ seed: '8' }), agent(cadence))).not.toEqual(plan);
    const times = plan.map(({ dueAt }) => dueAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((at) => at >= Date.parse('2026-10-01') && at < Date.parse('2026-11-30'))).toBe(true);
    expect(new Set(plan.map(({ id }) => id)).size).toBe(plan.length);
    const days = 60;
    const expected = { hourly: days * 16, daily: days, weekly: days / 7, monthly: days / 30 }[cadence];
    expect(Math.abs(plan.length - expected)).toBeLessThanOrEqual(Math.max(2, expected * 0.02));
  });

  it.each(ZONES)('says nothing in quiet hours in %s, on the days when clocks change as well', (timezone) => {
    for (const cadence of CADENCES) {
      for (const { dueAt } of planOf(terms(), agent(cadence, timezone))) {
        const time = wall(timezone, dueAt);
        expect([time, time >= '07:15' && time < '22:30']).toEqual([time, true]);
      }
    }
  });

  it('of a longer campaign begins with that of the shorter one', () => {
    for (const cadence of CADENCES) {
      const short = planOf(terms({ endsAt: new Date('2026-10-20T00:00:00Z') }), agent(cadence));
      expect(planOf(terms(), agent(cadence)).slice(0, short.length)).toEqual(short);
    }
  });

  it('keeps to what an agent may say at most, a day and in all', () => {
    const daily = planOf(terms({ caps: { total: 1_000_000, per_agent_day: 3 } }), agent('hourly'));
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });
    const days = new Map<string, number>();
    for (const { dueAt } of daily) days.set(day.format(dueAt), (days.get(day.format(dueAt)) ?? 0) + 1);
    expect(Math.max(...days.values())).toBe(3);
    expect(planOf(terms({ caps: { total: 1_000_000, per_agent: 5 } }), agent('hourly'))).toHaveLength(5);
  });

  it('asks for as many approvals as its rule says', () => {
    expect(new Set(counted({ rule: 'none' }))).toEqual(new Set([0]));
    expect(new Set(counted({ rule: 'all' }))).toEqual(new Set([1]));
    expect(new Set(counted({ rule: 'two_people' }))).toEqual(new Set([2]));
    const sample = counted({ rule: 'sample', percent: 25 });
    const share = sample.filter((each) => each === 1).length / sample.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
  });

  it('says nothing where every hour is quiet', () => {
    expect(planOf(terms({ rhythm: Array.from({ length: 24 }, () => 0) }), agent('hourly'))).toEqual([]);
  });

  it('follows the rhythm of the day', () => {
    const rhythm = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 1 : 0));
    for (const { dueAt } of planOf(terms({ rhythm }), agent('daily')))
      expect(wall('America/New_York', dueAt)).toMatch(/^12:/);
  });
});

describe('the cap of a whole campaign', () => {
  it.each([
    [10, 3],
    [1_000, 999],
    [7, 7],
    [7, 100],
    [100_003, 1_000],
  ])('of %i keeps %i, evenly', (size, total) => {
    const kept = Array.from({ length: size }, (_, index) => index).filter((index) =>
      isKept(index, size, total),
    );
    expect(kept).toHaveLength(Math.min(size, total));
    const gaps = kept.slice(1).map((at, index) => at - (kept[index] ?? 0));
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
  });
});

describe('local time', () => {
  const zone = new Zone('America/New_York', Date.parse('2026-03-01'), Date.parse('2026-12-01'));

  it('is read back as it was', () => {
    // In the hour that comes twice, the second is read as the first.
    const [from, to] = [Date.parse('2026-11-01T06:00Z'), Date.parse('2026-11-01T07:00Z')];
    const wrong: number[] = [];
    for (let at = Date.parse('2026-03-01'); at < Date.parse('2026-12-01'); at += 1_234_567)
      if ((at < from || at >= to) && zone.momentOf(zone.wallOf(at)) !== at) wrong.push(at);
    expect(wrong).toEqual([]);
  });

  it('that is skipped is the moment after the gap, and that comes twice the first of them', () => {
    expect(zone.momentOf(Date.parse('2026-03-08T02:30:00Z'))).toBe(Date.parse('2026-03-08T07:00:00Z'));
    expect(zone.momentOf(Date.parse('2026-11-01T01:30:00Z'))).toBe(Date.parse('2026-11-01T05:30:00Z'));
  });

  it('of nowhere is refused', () => {
    expect(() => new Zone('Mars/Olympus', 0, 1)).toThrow(RangeError);
  });
});
