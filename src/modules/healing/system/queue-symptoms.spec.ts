import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../../core/project.js';
import type { SeenQueue } from '../../jobs/index.js';
import { HEALER } from '../incident.record.js';
import { readPlaybooks } from '../playbooks.js';
import { queueFindings, type QueueVitals } from './queue-symptoms.js';

const SHIPPED = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
const playbooks = readPlaybooks(SHIPPED, 'playbooks.yaml').playbooks.filter(
  ({ subject }) => subject === 'queue',
);
const well: SeenQueue = {
  queue: 'content',
  paused: false,
  concurrency: null,
  healing: null,
  changed_by: null,
  changed_at: null,
  attempts: 0,
  errors: 0,
  workers: 2,
  slots: 8,
  widest: 4,
  oldest_seconds: 0,
};

function symptomsOf(
  change: Partial<SeenQueue>,
  errors: number = 0,
  more: Partial<QueueVitals> = {},
): string[] {
  const vitals: QueueVitals = {
    queue: { ...well, ...change },
    within: () => ({ attempts: 20, errors }),
    usualRates: [],
    usualWaits: [],
    deadLetters: 0,
    ...more,
  };
  return queueFindings(vitals, playbooks).map(({ symptom }) => symptom);
}

describe('symptoms of queues', () => {
  it.each([
    ['nothing', {}, 0, {}, []],
    ['errors', {}, 12, {}, ['error_rate']],
    ['few errors of few attempts', {}, 0, { within: () => ({ attempts: 3, errors: 3 }) }, []],
    ['as many errors as always', {}, 12, { usualRates: [0.6, 0.6, 0.5, 0.6, 0.6] }, []],
    ['errors of one job at once', { widest: 1 }, 20, {}, ['failing']],
    ['errors of a queue that was reduced to one', { concurrency: 1 }, 20, {}, ['failing']],
    ['errors before a pause', { paused: true, changed_by: HEALER }, 20, {}, ['paused']],
    ['a pause by a person', { paused: true, changed_by: 'admin' }, 0, {}, []],
    ['fewer at once', { concurrency: 2, changed_by: HEALER }, 0, {}, ['reduced']],
    ['fewer at once, and errors', { concurrency: 2, changed_by: HEALER }, 12, {}, ['error_rate']],
    ['fewer at once, as a person says', { concurrency: 2, changed_by: 'admin' }, 0, {}, []],
    ['dead letters that can be mended', {}, 0, { deadLetters: 3 }, ['dead_letters']],
    ['an old backlog', { oldest_seconds: 400 }, 0, {}, ['queue_age']],
    ['a backlog as always', { oldest_seconds: 400 }, 0, { usualWaits: [390, 410, 380, 420, 400] }, []],
    ['a backlog without a worker', { oldest_seconds: 400, workers: 0 }, 0, {}, ['no_worker']],
    ['a backlog of a paused queue', { oldest_seconds: 400, paused: true }, 0, {}, []],
  ] as const)('are found in %s', (_, change, errors, more, symptoms) => {
    expect(symptomsOf(change, errors, more)).toEqual(symptoms);
  });
});
