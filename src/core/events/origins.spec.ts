import { describe, expect, it } from 'vitest';
import { mayAsk } from './origins.js';

const OWN = {
  corsOrigins: ['https://pages.example'],
  publicUrl: 'https://lab.example/azt3knet',
  host: 'lab.internal',
};

describe('a page', () => {
  it.each([
    [undefined, 'anything.example'],
    ['https://pages.example', 'lab.example'],
    ['https://lab.example', 'behind.internal:8000'],
    ['http://127.0.0.1:8000', '127.0.0.1:8000'],
    ['http://[::1]:8000', '[::1]:8000'],
    ['http://192.0.2.7:8000', '192.0.2.7:8000'],
    ['http://localhost:8000', 'localhost:8000'],
    ['http://localhost:8000', 'LOCALHOST:8000'],
    ['http://lab.internal:8000', 'lab.internal:8000'],
  ])('of %s may ask %s', (origin, host) => {
    expect(mayAsk({ origin, host }, OWN)).toBe(true);
  });

  it.each([
    ['http://evil.example:8000', 'evil.example:8000'],
    ['http://evil.example', '127.0.0.1:8000'],
    ['http://localhost:3000', 'localhost:8000'],
    ['http://localhost.evil.example:8000', 'localhost.evil.example:8000'],
    ['http://127.0.0.1.evil.example:8000', '127.0.0.1.evil.example:8000'],
    ['http://lab.example', 'lab.example'],
    ['https://lab.example:8443', 'lab.example:8443'],
    ['null', 'null'],
    ['', ''],
    ['http://localhost:8000', undefined],
  ])('of %j may not ask %j', (origin, host) => {
    expect(mayAsk({ origin, host }, OWN)).toBe(false);
  });
});
