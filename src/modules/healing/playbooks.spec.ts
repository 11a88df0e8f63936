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

  it('have one for a symptom of a subject', () => {
    expect(refusal(SHIPPED.replace('when: queue_age', 'when: no_worker')).message).toContain(
      'two playbooks for one symptom',
    );
  });
});
