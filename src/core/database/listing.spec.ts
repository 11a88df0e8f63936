import { describe, expect, it } from 'vitest';
import { anywhere, Conditions } from './conditions.js';
import { InvalidCursor, readCursor, writeCursor } from './cursor.js';
import { Listing } from './listing.js';

const ID = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const THINGS = new Listing({
  name: 'things',
  select: 'things.*',
  from: 'things',
  id: 'things.id',
  sorts: {
    id: { sql: 'things.id', type: 'uuid' },
    made_at: { sql: 'things.made_at', type: 'timestamptz' },
  },
});

describe('conditions', () => {
  it('carry values as parameters, and ask for nothing where none is given', () => {
    const hostile = `' OR true --`;
    const conditions = new Conditions()
      .equal('a', hostile)
      .equal('b', undefined)
      .within('c', '2026-01-01T00:00:00Z', undefined)
      .add(undefined, () => 'never')
      .oneOf('d', ['x', 'y']);
    expect(conditions.sql).toBe('(a = $1) AND (c >= $2) AND (d = ANY($3))');
    expect(conditions.parameters).toEqual([hostile, '2026-01-01T00:00:00Z', ['x', 'y']]);
    expect(new Conditions().sql).toBe('true');
  });

  it('look for signs of LIKE as signs', () => {
    expect(anywhere('50%_\\')).toBe('%50\\%\\_\\\\%');
  });
});

describe('a cursor', () => {
  const scope = ['things', '(a = $1)', '["x"]'];
  const cursor = writeCursor({ value: 'é|"1', id: ID }, '-made_at', scope);

  it('brings its position back', () => {
    expect(readCursor(cursor, '-made_at', scope)).toEqual({ value: 'é|"1', id: ID });
  });

  it.each([
    ['another sort', 'made_at', scope, 'belongs to sort=-made_at'],
    ['another filter', '-made_at', ['things', '(a = $1)', '["y"]'], 'belongs to other filters'],
    ['another list', '-made_at', ['others', '(a = $1)', '["x"]'], 'belongs to other filters'],
  ])('is refused with %s', (_, sort, other, message) => {
    expect(() => readCursor(cursor, sort, other)).toThrow(message);
  });

  it('is refused when any character of it is changed, and when it is cut', () => {
    for (let at = 0; at < cursor.length; at += 1) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
      expect(() => readCursor(changed, '-made_at', scope)).toThrow(InvalidCursor);
    }
    expect(() => readCursor(cursor.slice(0, -1), '-made_at', scope)).toThrow(InvalidCursor);
    expect(() => readCursor('', '-made_at', scope)).toThrow(InvalidCursor);
  });
});

function statement(sort: 'id' | '-id' | '-made_at', cursor?: string): { sql: string; parameters: unknown[] } {
  const { sql, parameters } = THINGS.statement(new Conditions().equal('a', 1), { sort, limit: 2, cursor });
  return { sql: sql.replaceAll(/\s+/g, ' '), parameters };
}

describe('the statement of a page', () => {
  const scope = ['things', '(a = $1)', '[1]'];

  it('sorts by the field and then the id, and reads one row more', () => {
    const { sql, parameters } = statement('-made_at');
    expect(sql).toContain('WHERE (a = $1) ORDER BY things.made_at DESC, things.id DESC LIMIT $2');
    expect(parameters).toEqual([1, 3]);
    expect(statement('-id').sql).toContain('ORDER BY things.id DESC LIMIT');
  });

  it('begins after the position of the cursor', () => {
    const value = '2026-01-15T10:30:00.000001Z';
    const { sql, parameters } = statement('-made_at', writeCursor({ value, id: ID }, '-made_at', scope));
    expect(sql).toContain('AND ((things.made_at, things.id) < ($3::timestamptz, $2::uuid)) ORDER BY');
    expect(parameters).toEqual([1, ID, value, 3]);
    expect(statement('id', writeCursor({ value: ID, id: ID }, 'id', scope)).sql).toContain(
      'AND (things.id > $2::uuid)',
    );
  });

  it.each(['now()', '2026-99-99T00:00:00.000000Z', '0000-01-01T00:00:00.000000Z', ''])(
    'refuses a forged position %j before the database would',
    (value) => {
      const forged = writeCursor({ value, id: ID }, '-made_at', scope);
      expect(() => statement('-made_at', forged)).toThrow(InvalidCursor);
    },
  );

  it('refuses a forged id', () => {
    const forged = writeCursor({ value: 'x', id: 'x' }, 'id', scope);
    expect(() => statement('id', forged)).toThrow(InvalidCursor);
  });
});
