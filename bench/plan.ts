import { figure, figureAtMost, printFigures } from './figure.js';
import { isKept, Planner } from '../src/modules/scheduler/planning/planner.js';

const BENCH = 'plan';
const TOTAL = 1_000_000;
const AGENTS = 100_000;
const ZONES = [
  'America/Mexico_City',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/Madrid',
  'Europe/London',
  'Africa/Lagos',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
];
const CADENCES = ['hourly', 'daily', 'daily', 'weekly', 'monthly'] as const;
const MEGABYTE = 1_048_576;

const agents = Array.from({ length: AGENTS }, (_, index) => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  timezone: ZONES[index % ZONES.length] ?? 'UTC',
  posting_cadence: CADENCES[index % CADENCES.length] ?? 'daily',
}));
const planner = new Planner({
  id: 'b0b1c9b0-0000-4000-8000-000000000001',
  seed: '20241005',
  templates: ['street_art_campaign@1.0.0'],
  startsAt: new Date('2026-03-01T00:00:00Z'),
  endsAt: new Date('2026-03-31T00:00:00Z'),
  quietHours: { from: '22:30', to: '07:00' },
  rhythm: null,
  caps: { total: TOTAL },
  approval: { rule: 'sample', percent: 10 },
});

const started = performance.now();
let size = 0;
for (const agent of agents) size += planner.countOf(agent);
const counted = performance.now();
const { heapUsed: before } = process.memoryUsage();
let [planned, index, most] = [0, 0, before];
for (const agent of agents) {
  let seen = 0;
  const keeps = (ordinal: number): boolean => {
    seen = ordinal + 1;
    return isKept(index + ordinal, size, TOTAL);
  };
  for (const _ of planner.ofAgent(agent, keeps)) planned += 1;
  index += seen;
  if (planned % 1_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
}
const ended = performance.now();
if (planned !== TOTAL) throw new Error(`${planned} publications instead of ${TOTAL}`);

printFigures([
  figureAtMost(BENCH, 'one million publications, counted and planned', (ended - started) / 1_000, 's', 60),
  figureAtMost(BENCH, 'the heap grows by', (most - before) / MEGABYTE, 'MB', 100),
  figure(BENCH, 'counted before the cap', (size / (counted - started)) * 1_000, 'publications/s'),
  figure(BENCH, 'planned', (planned / (ended - counted)) * 1_000, 'publications/s'),
]);
