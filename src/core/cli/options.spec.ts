import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { choices } from './filters.js';
import { duration, fraction } from './options.js';

const statuses = choices('--status <list>', 'some', ['queued', 'running']);
const readers: Record<string, (text: string) => unknown> = {
  duration,
  fraction,
  statuses: (text) => statuses.parseArg?.(text, undefined),
};

describe('an option', () => {
  it.each([
    ['duration', '90s', 90],
    ['duration', '30m', 1_800],
    ['duration', '12h', 43_200],
    ['duration', '7d', 604_800],
    ['fraction', '0', 0],
    ['fraction', '.5', 0.5],
    ['fraction', '1.0', 1],
    ['statuses', 'queued', ['queued']],
    ['statuses', 'running, queued', ['running', 'queued']],
  ])('of a %s reads "%s"', (kind, text, value) => {
    expect(readers[kind]?.(text)).toEqual(value);
  });

  it.each([
    ['duration', '90'],
    ['duration', '1.5h'],
    ['duration', '-1h'],
    ['duration', '7w'],
    ['fraction', '1.1'],
    ['fraction', '-0'],
    ['fraction', '1e-1'],
    ['fraction', '.'],
    ['fraction', ''],
    ['statuses', 'queued,done'],
    ['statuses', ''],
  ])('of a %s refuses "%s"', (kind, text) => {
    expect(() => readers[kind]?.(text)).toThrow(InvalidArgumentError);
  });
});
