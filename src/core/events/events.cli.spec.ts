import { describe, expect, it } from 'vitest';
import type { PublishedEvent } from './event-log.js';
import { isRepeated, lineOf } from './events.cli.js';

const ID = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const OTHER = '3f0a8f5e-6a52-4b0e-8a3b-6f8f6c3f1b77';

function event(type: string, topic: string, payload: object): PublishedEvent {
  return { synthetic: true, position: '7', type, topic, payload, occurred_at: '2026-01-15T10:30:00.123Z' };
}

const job = (progress: object, error: object | null = null): PublishedEvent =>
  event('job.progress', `jobs.${ID}`, { job_id: ID, name: 'simulation.run', progress, error });

describe('the line of an event', () => {
  it.each([
    [job({ done: 4, total: 10, note: null }), `10:30:00Z job.progress  ${ID} 4/10 simulation.run`],
    [
      job({ done: 0, total: null, note: null }, { code: 'x', message: 'no\ndrafts' }),
      `10:30:00Z job.progress  ${ID} simulation.run no drafts`,
    ],
    [
      event('draft.created', `agents.${ID}`, {
        draft_id: OTHER,
        agent_id: ID,
        population_id: null,
        action: 'allow',
      }),
      `10:30:00Z draft.created ${ID} action=allow`,
    ],
    [
      event('population.updated', `populations.${ID}`, { name: 'a\u001B[2Jb', tags: ['x', 'y'] }),
      `10:30:00Z population.updated ${ID} name=a [2Jb tags=x,y`,
    ],
    [
      event('template.added', 'templates.art', { name: 'art', version: '1.0.0' }),
      '10:30:00Z template.added art version=1.0.0',
    ],
  ])('tells when, what, to whom, and how', (given, line) => {
    expect(lineOf(given, Infinity)).toBe(line);
  });

  it('is not longer than the terminal is wide', () => {
    const line = lineOf(job({ done: 400, total: 1000, note: null }), 70);
    expect(line).toBe(`10:30:00Z job.progress  ${ID} 400/1000…`.slice(0, 70));
    expect(line.length).toBe(70);
  });
});

it('is not printed again where a job tells of nothing new that is printed', () => {
  const shown = new Map<string, string>();
  const events = [
    job({ done: 4, total: 10, note: 'a' }),
    job({ done: 4, total: 10, note: 'b' }),
    job({ done: 5, total: 10, note: 'b' }),
    event('job.completed', `jobs.${ID}`, {
      name: 'simulation.run',
      progress: { done: 5, total: 10 },
      error: null,
    }),
    job({ done: 5, total: 10, note: 'b' }),
  ];
  const repeated = events.map((each) => isRepeated(each, lineOf(each, 200), shown));
  expect(repeated).toEqual([false, true, false, false, false]);
});
