import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../core/documents/index.js';
import { PROJECT_ROOT } from '../../core/project.js';
import { POSSIBLE, readPlaybooks, SUBJECTS } from './playbooks.js';

const SHIPPED = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
const { playbooks } = readPlaybooks(SHIPPED, 'playbooks.yaml');

function refusal(text: string): DocumentError {
  try {
    readPlaybooks(text, 'playbooks.yaml');
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

function lineOf(text: string): number {
  return SHIPPED.split('\n').findIndex((each) => each.includes(text)) + 1;
}

describe('playbooks', () => {
  it.each(SUBJECTS)('are shipped for every symptom of a %s', (subject) => {
    const symptoms = playbooks.filter((each) => each.subject === subject).map(({ when }) => when);
    expect(symptoms.toSorted()).toEqual([...POSSIBLE[subject].symptoms].toSorted());
  });

  it('that are wrong are told with file and line', () => {
    const { issues } = refusal(SHIPPED.replace('action: quarantine', 'action: pray'));
    expect(issues[0]?.line).toBe(lineOf('action: quarantine'));
  });

  it('ask of a subject what it can do', () => {
    const { issues } = refusal(SHIPPED.replace('action: hand_back', 'action: restart'));
    expect(issues[0]).toMatchObject({
      message: expect.stringContaining('of a worker it must be one of hand_back, drain'),
      line: lineOf('action: hand_back'),
    });
  });

  it.each([
    ['action: quarantine', 'action: scale', 'scale needs replicas'],
    ['action: quarantine', 'action: back_off', 'back_off needs pause_seconds'],
    [
      'action: quarantine',
      'action: open_breaker',
      'of a bot it must be one of restart, back_off, quarantine',
    ],
    ['action: hand_back', 'action: scale', 'of a worker it must be one of hand_back'],
    ['action: redrive', 'action: roll_back', 'of a queue it must be one of reduce_concurrency'],
    ['pause_seconds: 30', 'replicas: 3', 'open_breaker needs pause_seconds'],
  ])('refuse an action that does not fit: %s as %s', (before, after, message) => {
    const { issues } = refusal(SHIPPED.replace(before, after));
    const told = issues.find((issue) => issue.message.includes(message));
    expect(told?.line).toBeGreaterThan(0);
  });

  it('open no breaker of what does not answer at all', () => {
    const [first = '', second = ''] = SHIPPED.split('id: tell-of-dependency');
    const wrong = second.replace('action: wait', 'action: open_breaker');
    const { issues } = refusal(`${first}id: tell-of-dependency${wrong}`);
    expect(issues[0]?.message).toContain('of a dependency it must be one of wait');
  });

  it('take what an action needs', () => {
    const scaled = SHIPPED.replace('action: quarantine', 'action: scale\n    replicas: 3');
    expect(readPlaybooks(scaled, 'playbooks.yaml').playbooks).toContainEqual(
      expect.objectContaining({ action: 'scale', replicas: 3 }),
    );
    expect(refusal(scaled.replace('replicas: 3', 'replicas: 51')).issues).toHaveLength(1);
  });

  it('have one for a symptom of a subject', () => {
    expect(refusal(SHIPPED.replace('when: queue_age', 'when: no_worker')).message).toContain(
      'two playbooks for one symptom',
    );
  });
});
