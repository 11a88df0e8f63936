import { RE2JS } from 're2js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Budget } from './budget.js';
import { checkedLength, type CheckName } from './checksums.js';
import { PatternMatcher } from './pattern-matcher.js';

function find(
  pattern: string,
  text: string,
  check?: CheckName,
  budget = new Budget(Infinity),
): { found: string[]; failed: number[] } {
  const matcher = new PatternMatcher();
  matcher.add(7, pattern, check);
  const found: string[] = [];
  const failed: number[] = [];
  matcher.scan(text, 3, {
    report: (_rule, start, end) => found.push(text.slice(start, end)),
    fail: (rule) => failed.push(rule),
    budget,
  });
  return { found, failed };
}

afterEach(() => vi.restoreAllMocks());

describe('patterns', () => {
  it('find every occurrence up to the limit', () => {
    expect(find('[0-9]+', 'a 1 b 22 c 333 d 4444').found).toEqual(['1', '22', '333']);
    expect(find('[0-9]+', 'none').found).toEqual([]);
  });

  it('look inside a candidate that fails its check', () => {
    const card = String.raw`\b[0-9](?:[ -]?[0-9]){12,22}\b`;
    expect(find(card, 'id 12 4111 1111 1111 1111 and more', 'luhn').found).toEqual(['4111 1111 1111 1111']);
    expect(find(card, '4111 1111 1111 1111 12', 'luhn').found).toEqual(['4111 1111 1111 1111']);
    expect(find(card, '4111 1111 1111 1112', 'luhn')).toEqual({ found: [], failed: [] });
  });

  it('fail rather than give up silently on too many candidates', () => {
    expect(find('[0-9]', '1'.repeat(2000), 'luhn')).toEqual({ found: [], failed: [7] });
  });

  it('share one budget, and fail when it is spent', () => {
    const matcher = new PatternMatcher();
    for (const rule of [1, 2, 3]) matcher.add(rule, `a{2}.*${rule}`, undefined);
    const budget = new Budget(1_500);
    const [found, failed]: [number[], number[]] = [[], []];
    const report = (rule: number): unknown => found.push(rule);
    matcher.scan(`aa 123${'.'.repeat(100)}`, 3, { report, fail: (rule) => failed.push(rule), budget });
    expect(found).toEqual([1]);
    expect(failed).toEqual([2, 3]);
    expect(budget.spent).toBeLessThanOrEqual(1_500);
  });

  it('are run one by one, within the budget, where they have too many states together', () => {
    let state = 1;
    const text = Array.from({ length: 20_000 }, () => {
      state = (state * 48_271) % 0x7fffffff;
      return state % 2 === 0 ? 'a' : 'b';
    }).join('');
    const matcher = new PatternMatcher();
    for (const rule of [1, 2, 3, 4, 5]) matcher.add(rule, `[ab]*a[ab]{900}x${rule}`, undefined);
    const budget = new Budget(1_000_000);
    const failed: number[] = [];
    matcher.scan(text, 3, { report: () => undefined, fail: (rule) => failed.push(rule), budget });
    expect(failed).toEqual([1, 2, 3, 4, 5]);
    expect(budget.spent).toBeLessThanOrEqual(1_000_000);
  });

  it('fail when the engine throws', () => {
    vi.spyOn(RE2JS.prototype, 'matcher').mockImplementation(() => {
      throw new Error('broken');
    });
    expect(find('a', 'aaa')).toEqual({ found: [], failed: [7] });
  });

  it('take linear time on what makes other engines explode', () => {
    const started = performance.now();
    find('(?:a+)+b', 'a'.repeat(20_000));
    find('(?:x*)*y', 'x'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('checks', () => {
  it.each<[CheckName, string, number]>([
    ['luhn', '4111111111111111', 16],
    ['luhn', '4111-1111-1111-1111 99', 19],
    ['luhn', '4111111111111112', 0],
    ['luhn', '0000000000000000', 0],
    ['luhn', '42', 0],
    ['iban', 'ES91 2100 0418 4502 0005 1332 is it', 29],
    ['iban', 'de89370400440532013000', 22],
    ['iban', 'de89370400440532013001', 0],
    ['iban', 'no', 0],
  ])('%s holds for the first %i characters', (check, text, length) => {
    expect(checkedLength(check, text)).toBe(length);
  });
});
