import { randomBytes } from 'node:crypto';
import { ContentError } from './content.errors.js';

/** The longest seed, in UTF-16 units. */
export const SEED_MAX_LENGTH = 200;

/** How many drafts one agent writes at most in one batch. */
export const DRAFTS_PER_AGENT_MAX = 20;
/** How many drafts one batch has at most: they are committed together, so they are held in memory until then. */
export const DRAFTS_MAX = 100_000;

/** What is to be drafted for, under the names of the wire and the command line. */
export interface DraftTarget {
  agent?: string | undefined;
  population?: string | undefined;
  drafts_per_agent?: number | undefined;
  campaign?: string | undefined;
}

/**
 * The one target that a request names.
 * @throws ContentError `target_invalid` where it names none or both, a number of drafts per agent for one agent, or a campaign for a
 *   population
 */
export function targetOf({
  agent,
  population,
  drafts_per_agent,
  campaign,
}: DraftTarget): { agent: string } | { population: string; draftsPerAgent: number } {
  if ((agent === undefined) === (population === undefined)) {
    const message = 'give exactly one of agent and population';
    throw new ContentError('invalid', 'target_invalid', message, [
      { field: 'agent', message },
      { field: 'population', message },
    ]);
  }
  if (population !== undefined && campaign !== undefined) {
    const message = 'belongs to agent; the drafts of a population are written for nothing but their template';
    throw new ContentError('invalid', 'target_invalid', `campaign ${message}`, [
      { field: 'campaign', message },
    ]);
  }
  if (population !== undefined)
    return { population: population.toLowerCase(), draftsPerAgent: drafts_per_agent ?? 1 };
  if (drafts_per_agent !== undefined) {
    const message = 'belongs to population; one agent gets one draft';
    const issue = { field: 'drafts_per_agent', message };
    throw new ContentError('invalid', 'target_invalid', `drafts_per_agent ${message}`, [issue]);
  }
  return { agent: agent?.toLowerCase() ?? '' };
}

/** @throws ContentError `too_many_drafts` where a batch would have more than {@link DRAFTS_MAX} drafts */
export function checkBatchSize(agents: number, draftsPerAgent: number): void {
  if (agents * draftsPerAgent <= DRAFTS_MAX) return;
  const most = Math.floor(DRAFTS_MAX / agents);
  const message = `${agents} agents with ${draftsPerAgent} drafts each are more than ${DRAFTS_MAX} drafts, the most at once; ${
    most > 0 ? `drafts_per_agent may be ${most} here` : 'take a smaller population'
  }`;
  throw new ContentError('invalid', 'too_many_drafts', message, [{ field: 'drafts_per_agent', message }]);
}

/**
 * The seed of a request: the given one, the configured default, or a new one.
 * @throws ContentError `seed_invalid` where the given one is empty or longer than {@link SEED_MAX_LENGTH}
 */
export function seedOf(given: string | undefined, configured: string | undefined): string {
  if (given === undefined) return configured ?? randomBytes(8).toString('hex');
  if (given.length >= 1 && given.length <= SEED_MAX_LENGTH) return given;
  const message = `must be a text of 1 to ${SEED_MAX_LENGTH} characters`;
  throw new ContentError('invalid', 'seed_invalid', `seed ${message}`, [{ field: 'seed', message }]);
}
