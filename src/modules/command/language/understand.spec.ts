import { describe, expect, it } from 'vitest';
import { HOSTILE, PHRASINGS } from '../../../../test/support/phrasings.js';
import type { Before, Intent, Reading } from './reading.js';
import { understand } from './understand.js';

const BEFORE: Before = {
  language: 'en',
  focus: ['campaign', 'simulation', 'experiment', 'job'],
  listed: { kind: 'job', count: 5 },
  asked: false,
};

/** A reading in one line: the command, its arguments, and what it points at. */
function lineOf(reading: Reading): string {
  if (reading.kind === 'question') return `?${reading.doubt}`;
  return reading.kind === 'intent' ? intentLine(reading.intent) : reading.kind;
}

function intentLine({ command, given, subject }: Intent): string {
  const points = subject === undefined || subject.by === 'name' ? [] : [`@${subject.by}`];
  const said =
    Object.keys(given).length === 0 || command.name === 'help' ? [] : [JSON.stringify(sorted(given))];
  return [command.name, ...said, ...points].join(' ');
}

function sorted(given: object): object {
  return Object.fromEntries(Object.entries(given).toSorted(([a], [b]) => a.localeCompare(b)));
}

/** The line that a row of the table expects, its arguments in the same order. */
function expected(row: string): string {
  const [, name, json] = /^(\S+) (\{.*\})$/.exec(row) ?? [];
  return json === undefined ? row : `${name ?? ''} ${JSON.stringify(sorted(JSON.parse(json) as object))}`;
}

const TABLE = Object.entries(PHRASINGS).flatMap(([row, texts]) =>
  texts.map((text) => [text, expected(row)] as const),
);

it('the table has 300 phrasings and more, each once', () => {
  expect(new Set(TABLE.map(([text]) => text)).size).toBe(TABLE.length);
  expect(TABLE.length).toBeGreaterThanOrEqual(300);
});

it.each(TABLE)('%s → %s', (text, row) => {
  expect(lineOf(understand(text, BEFORE))).toBe(row);
});

describe('what is denied, supposed, told of or asked for with something else', () => {
  it.each(HOSTILE)('changes nothing: %s', (text) => {
    for (const language of ['en', 'es'] as const)
      for (const asked of [true, false]) {
        const reading = understand(text, { ...BEFORE, language, asked });
        const outcome = reading.kind === 'intent' ? reading.intent.command.effect : reading.kind;
        expect(['read', 'question']).toContain(outcome);
      }
  });
});
