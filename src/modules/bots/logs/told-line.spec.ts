import { describe, expect, it } from 'vitest';
import { createColors } from 'picocolors';
import { asPrinted, drawn, type ToldLine } from './told-line.js';

const line = (message: string): ToldLine => ({
  position: '7',
  at: '2025-01-02T03:04:05.678Z',
  ordinal: 2,
  stream: 'stdout',
  message,
});
const entry = (fields: object): ToldLine => line(JSON.stringify(fields));
const plain = createColors(false);

describe('a line of a log on a terminal', () => {
  it('shows time, level and message of an entry before its other fields', () => {
    const told = entry({
      polled: 12,
      source: 'feed',
      reason: 'two words',
      nested: { a: [1] },
      none: null,
      time: '2025-01-02T04:04:05.000+01:00',
      level: 'warn',
      message: 'it is late',
    });
    expect(drawn(told, plain)).toBe(
      '2025-01-02T03:04:05.000Z 2 warn   it is late polled=12 source=feed reason="two words" nested={"a":[1]} none=null',
    );
  });

  it.each([
    ['debug', '\u001B[2m'],
    ['info', '\u001B[36m'],
    ['warn', '\u001B[33m'],
    ['ERROR', '\u001B[31m'],
  ])('has the colour of its level: %s', (level, start) => {
    const shown = drawn(entry({ level, message: 'm' }), createColors(true));
    expect(shown).toContain(`${start}${level.toLowerCase().padEnd(6)}`);
  });

  it.each([
    'no JSON',
    '{"level":"info"',
    '[1]',
    '{"level":"info","text":"no message"}',
    '{"message":"no level"}',
    '{"level":30,"message":"a number"}',
  ])('stays as it was printed where it is no entry: %s', (message) => {
    expect(drawn(line(message), plain)).toBe(`2025-01-02T03:04:05.678Z 2 stdout ${message}`);
  });

  it('has the time of its host where its own is none', () => {
    expect(drawn(entry({ time: 'soon', level: 'info', message: 'm' }), plain)).toBe(
      '2025-01-02T03:04:05.678Z 2 info   m',
    );
  });

  it('moves no terminal', () => {
    const evil = '\u001B[2J\u001B]0;owned\u0007';
    for (const told of [
      entry({ level: `info${evil}`, message: evil, [evil]: evil, more: [evil] }),
      line(`{${evil}`),
    ]) {
      // oxlint-disable-next-line no-control-regex -- these are what is looked for
      expect(drawn(told, plain)).not.toMatch(/[\u0000-\u001f]/);
      // oxlint-disable-next-line no-control-regex -- these are what is looked for
      expect(asPrinted(told)).not.toMatch(/[\u0000-\u001f]/);
    }
  });
});
