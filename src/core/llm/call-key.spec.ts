import { describe, expect, it } from 'vitest';
import { callKey, canonicalRequest, wireSeed, type CallIdentity } from './call-key.js';
import type { LlmRequest } from './llm.types.js';

const REQUEST: LlmRequest = { purpose: 'test', messages: [{ role: 'user', content: 'Hello?' }] };
const IDENTITY: CallIdentity = {
  backend: 'ollama',
  model_digest: 'a'.repeat(64),
  request: canonicalRequest(REQUEST, undefined),
  seed: '1',
};

describe('the key of a call', () => {
  it('is the same for ever', () => {
    expect(callKey(IDENTITY)).toBe('96f6412c251b695776dc293a69d338641255aee745999028b0f548904d62673b');
  });

  it('does not depend on the order of fields, on the purpose, or on a rule', () => {
    const { seed, request, model_digest, backend } = IDENTITY;
    expect(callKey({ seed, request, model_digest, backend })).toBe(callKey(IDENTITY));
    const rule = { id: 'x', answer: () => '' };
    const other = { messages: REQUEST.messages, rule, purpose: 'other' };
    expect(callKey({ ...IDENTITY, request: canonicalRequest(other, undefined) })).toBe(callKey(IDENTITY));
  });

  it.each<[string, Partial<CallIdentity>]>([
    ['the backend', { backend: 'openai' }],
    ['the model', { model_digest: 'b'.repeat(64) }],
    ['the seed', { seed: '2' }],
    ['no seed', { seed: null }],
    ['a schema', { request: canonicalRequest(REQUEST, { type: 'object' }) }],
    ['the temperature', { request: canonicalRequest({ ...REQUEST, temperature: 0 }, undefined) }],
    ['stops', { request: canonicalRequest({ ...REQUEST, stop: ['x'] }, undefined) }],
    ['a letter', { request: { messages: [{ role: 'user', content: 'hello?' }] } }],
    ['a role', { request: { messages: [{ role: 'system', content: 'Hello?' }] } }],
  ])('depends on %s', (_, change) => {
    expect(callKey({ ...IDENTITY, ...change })).not.toBe(callKey(IDENTITY));
  });
});

it('a seed goes over the wire as 31 bits', () => {
  expect(wireSeed('20241005')).toBe(wireSeed('20241005'));
  for (const seed of ['', 'a', '20241005', 'a#1'])
    expect(wireSeed(seed)).toSatisfy((bits: number) => Number.isInteger(bits) && bits >= 0 && bits < 2 ** 31);
  expect(new Set(['a', 'a#1', 'a#2'].map(wireSeed)).size).toBe(3);
});
