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

function intentLine({ command, given: named, subject, refers = {} }: Intent): string {
  const pointed = Object.entries(refers).map(([argument, { by }]) => [argument, `@${by}`] as const);
  const given = { ...named, ...Object.fromEntries(pointed) };
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

it('an order in one language is none in the other: "run" is a noun in Spanish', () => {
  for (const language of ['en', 'es'] as const)
    expect(understand('run metro_cdmx', { ...BEFORE, language })).toMatchObject({
      kind: 'whose',
      name: 'metro_cdmx',
      language: 'en',
    });
});

describe('words of an argument that point at something', () => {
  const spokenOf: Before = { ...BEFORE, focus: ['population', 'campaign'] };
  const population = { kind: 'population', count: 3 } as const;
  const listed: Before = { ...BEFORE, focus: ['campaign'], list: population, listed: population };

  it.each([
    ['start sessions for it', 'sessions.start {"population":"@focus"}'],
    ['inicia sesiones para esa población', 'sessions.start {"population":"@focus"}'],
    ['start sessions for the population', 'sessions.start {"population":"@focus"}'],
    ['run scenario rumour_town with it', 'simulations.run {"population":"@focus","scenario":"rumour_town"}'],
    ['list the drafts of it', 'drafts.list {"population":"@focus"}'],
    // It is the population, and these take none, or are about something else.
    ['list the publications of it', '?words'],
    ['run that simulation with seed 4', '?nothing_before'],
    ['run one simulation with scenario rumour_town', 'simulations.run {"scenario":"rumour_town"}'],
  ])('after a population was spoken of: %s → %s', (text, row) => {
    expect(lineOf(understand(text, spokenOf))).toBe(row);
  });

  it('where the list was empty, nothing', () => {
    const empty = { kind: 'publication', count: 0 } as const;
    const before: Before = { ...BEFORE, list: empty, listed: undefined };
    expect(lineOf(understand('show the last one', before))).toBe('publications.show @latest');
    expect(lineOf(understand('show the last one', { ...before, list: { ...empty, count: 3 } }))).toBe(
      '?words',
    );
  });

  it.each([
    ['start sessions for the last one', 'sessions.start {"population":"@latest"}'],
    ['start sessions for the second one', 'sessions.start {"population":"@ordinal"}'],
    ['inicia sesiones para la última', 'sessions.start {"population":"@latest"}'],
    ['inicia sesiones para la segunda', 'sessions.start {"population":"@ordinal"}'],
    ['start sessions for the fourth one', '?nothing_before'],
    ['start sessions for the fourth population', '?nothing_before'],
    ['start sessions for it', '?words'],
    ['list the last publications', 'publications.list'],
    ['list the publications of the last one', '?words'],
  ])('after a list of populations: %s → %s', (text, row) => {
    expect(lineOf(understand(text, listed))).toBe(row);
  });
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
