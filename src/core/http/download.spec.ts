import { describe, expect, it } from 'vitest';
import { partOf } from './download.js';

describe('partOf', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=2-4', { start: 2, end: 4 }],
    ['bytes=7-', { start: 7, end: 9 }],
    ['bytes=7-100', { start: 7, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
  ])('reads %s', (header, part) => expect(partOf(header, 10)).toEqual(part));

  it.each([undefined, '', 'bytes=-', 'bytes=4-2', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=a-b', 'bytes=1.5-2'])(
    'takes %s for the whole file',
    (header) => expect(partOf(header, 10)).toBeUndefined(),
  );

  it.each([
    ['bytes=10-', 10],
    ['bytes=999999999999999-', 10],
    ['bytes=-0', 10],
    ['bytes=0-0', 0],
    ['bytes=-1', 0],
  ])('refuses %s of %i bytes', (header, bytes) => {
    expect(() => partOf(header, bytes)).toThrow(
      expect.objectContaining({ kind: 'range_not_satisfiable' }) as Error,
    );
  });
});
