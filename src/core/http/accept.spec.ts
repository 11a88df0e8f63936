import { describe, expect, it } from 'vitest';
import { NotAcceptableError, preferred } from './accept.js';

const OFFERED = ['application/json', 'text/html'] as const;

describe('the preferred media type', () => {
  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/html', 'text/html'],
    ['TEXT/HTML; charset=utf-8', 'text/html'],
    ['text/*', 'text/html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['application/json;q=0.1, text/html;q=0.2', 'text/html'],
    ['*/*, application/json;q=0', 'text/html'],
    ['text/html;q=2, application/json;q=0.1', 'application/json'],
  ])('of %s is %s', (accept, type) => {
    expect(preferred(accept, OFFERED)).toBe(type);
  });

  it.each(['image/png', '', 'text/html;q=0', ','])('of %j is none', (accept) => {
    expect(() => preferred(accept, OFFERED)).toThrow(NotAcceptableError);
  });
});
