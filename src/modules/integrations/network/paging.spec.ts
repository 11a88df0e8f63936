import { describe, expect, it } from 'vitest';
import { isNetworkId, newestFirst, pageOf } from './paging.js';

describe('a page', () => {
  it('is the newest, unless it goes upwards', () => {
    expect(pageOf('s.id', { max: '9', since: '3', limit: 2 }, 4)).toEqual({
      sql: ' AND s.id < $4 AND s.id > $5 ORDER BY s.id DESC LIMIT 2',
      values: ['9', '3'],
    });
    expect(pageOf('s.id', { min: '3', limit: 2 }, 2)).toEqual({
      sql: ' AND s.id > $2 ORDER BY s.id ASC LIMIT 2',
      values: ['3'],
    });
    expect(newestFirst([1, 2], { min: '0', limit: 2 })).toEqual([2, 1]);
    expect(newestFirst([2, 1], { limit: 2 })).toEqual([2, 1]);
  });

  it('goes by ids that a database can hold', () => {
    expect(['1', '9223372036854775807'].map(isNetworkId)).toEqual([true, true]);
    expect(['', '-1', '9223372036854775808', '1e3', '1;--'].map(isNetworkId)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
