import { LlmError } from './llm.errors.js';
import type { CallOptions, LlmRequest } from './llm.types.js';

const PURPOSE = /^[a-z][a-z0-9_]{0,49}$/;
const LONGEST_SEED = 200;

/** @throws LlmError `llm_request_invalid` naming the field */
export function checkRequest({ purpose, messages, temperature, topP, maxTokens, contextTokens }: LlmRequest) {
  require(PURPOSE.test(purpose), 'purpose', 'expected a word such as judge');
  require(messages.length > 0, 'messages', 'expected one or more');
  require(within(temperature, 0, 2), 'temperature', 'expected a number from 0 to 2');
  require(within(topP, 0, 1) && topP !== 0, 'top_p', 'expected a number above 0, at most 1');
  require(isCount(maxTokens), 'max_tokens', 'expected a whole number, 1 or more');
  require(isCount(contextTokens), 'context_tokens', 'expected a whole number, 1 or more');
}

/** @throws LlmError `llm_request_invalid` naming the field */
export function checkOptions({ seed, deadline }: Pick<CallOptions, 'seed' | 'deadline'>): void {
  const fits = seed === undefined || (seed.length > 0 && seed.length <= LONGEST_SEED);
  require(fits, 'seed', `expected 1 to ${LONGEST_SEED} characters`);
  require(deadline === undefined || !Number.isNaN(deadline.getTime()), 'deadline', 'expected a moment');
}

/** @throws LlmError `llm_request_invalid` naming the field */
export function require(fits: boolean, field: string, message: string): void {
  if (!fits) throw LlmError.invalidRequest(field, message);
}

function within(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (value >= least && value <= most);
}

function isCount(value: number | undefined): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 1);
}
