import { describe, expect, it } from 'vitest';
import type { AgentProfile } from '../agent.profile.js';
import { checkPerson } from './check-person.js';
import type { WrittenPerson } from './people.request.js';

const PROFILE = { interests: ['street art', 'maps'] } as AgentProfile;
const BIO =
  'Half of my walls are finished, the other half are better. I paint at night and sleep through every morning.';
const WRITTEN: WrittenPerson = {
  n: 1,
  name: 'Lía Órdaz',
  interests: ['night buses', 'old maps'],
  bio: BIO,
  biases: ['anchoring'],
};

const reasons = (change: Partial<WrittenPerson>): string[] =>
  checkPerson({ ...WRITTEN, ...change }, PROFILE).refusals.map(({ field, reason }) => `${field} ${reason}`);

describe('a written person', () => {
  it('is taken with the first interest that was settled', () => {
    const { refusals, ...taken } = checkPerson(WRITTEN, PROFILE);
    expect(refusals).toEqual([]);
    expect(taken).toEqual({
      name: 'Lía Órdaz',
      interests: ['street art', 'night buses', 'old maps'],
      bio: BIO,
      biases: ['anchoring'],
    });
  });

  it.each([
    'José María de la O',
    "Sinéad O'Connell",
    'Jean-Luc Moreau',
    '山田 花子',
    '김민준',
    'आरव शर्मा',
    'J. R. Ortega',
    'Lucía  Pérez ',
  ])('may be called %s', (name) => {
    expect(reasons({ name })).toEqual([]);
  });

  it.each([
    ['', 'form'],
    ['R2D2', 'form'],
    ['@lia', 'form'],
    ['Lía\u202eÓrdaz', 'form'],
    ['x'.repeat(81), 'form'],
    ['FRIDA KAHLO', 'denied'],
    ['Dr. Frida Kahlo Ruiz', 'denied'],
  ])('may not be called %j', (name, reason) => {
    expect(reasons({ name })).toEqual([`name ${reason}`]);
  });

  it.each([
    ['Too short.', 'form'],
    [BIO + BIO, 'form'],
    [BIO.replace('walls', '#walls'), 'form'],
    [BIO.replace('walls', 'https://walls'), 'form'],
    [BIO.replace('walls', 'walls, lia.ordaz@example.com,'), 'personal_data'],
    [BIO.replace('walls', 'walls, +52 55 1234 5678,'), 'personal_data'],
  ])('does not say %j', (bio, reason) => {
    expect(reasons({ bio })).toEqual([`bio ${reason}`]);
  });

  it('has one to four other interests, and one to three biases of the list', () => {
    expect(reasons({ interests: ['Street Art'] })).toEqual(['interests form']);
    expect(reasons({ interests: ['a', 'b', 'c', 'd', 'e'] })).toEqual(['interests form']);
    expect(reasons({ interests: ['a', 'A', 'b', 'c', 'd'] })).toEqual([]);
    expect(reasons({ interests: ['write to x@example.com'] })).toEqual(['interests form']);
    expect(reasons({ biases: [] })).toEqual(['biases form']);
    expect(reasons({ biases: ['made_up'] })).toEqual(['biases form']);
    expect(reasons({ biases: ['anchoring', 'anchoring'] })).toEqual([]);
  });
});
