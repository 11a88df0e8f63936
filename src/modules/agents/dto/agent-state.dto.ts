import { z } from 'zod';
import { IdParams, page, pageQuery, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import type { CurrentState } from '../agent-states.service.js';
import type { AgentStateVersion } from '../agent-states.repository.js';

/** The longest state, as JSON in bytes. */
const STATE_BYTES_MAX = 65_536;

const version = z.int().meta({ examples: [3] });

export const AgentStateParams = IdParams.extend({ version: z.int().min(1).max(2_147_483_647) });
export type AgentStateParams = z.infer<typeof AgentStateParams>;

const state = z.record(z.string(), z.unknown()).meta({
  description: `Whatever describes the agent: an object of at most ${STATE_BYTES_MAX} bytes as JSON.`,
  examples: [{ mood: 'curious', followers: 31, opinions: { street_art: 0.8 } }],
});

export const WriteAgentStateDto = wire(
  'WriteAgentState',
  z.strictObject({
    state: state.refine(
      (value) => Buffer.byteLength(JSON.stringify(value)) <= STATE_BYTES_MAX,
      `must have at most ${STATE_BYTES_MAX} bytes as JSON`,
    ),
  }),
);
export type WriteAgentStateDto = z.infer<typeof WriteAgentStateDto>;

const author = z.string().meta({ description: 'Who wrote it.', examples: ['ana'] });
const run = uuid.nullable().meta({ description: 'The run that ended with it, where one did.' });

export const AgentStateDto = wire(
  'AgentState',
  z.strictObject({
    synthetic,
    agent_id: uuid,
    version: version.meta({ description: '0: nobody has written one yet.' }),
    state,
    author: author.nullable(),
    run_id: run,
    created_at: time.nullable(),
  }),
);
export type AgentStateDto = z.infer<typeof AgentStateDto>;

export function agentStateDto({ agent_id, created_at, ...rest }: CurrentState): AgentStateDto {
  const { version: number, state: value, author: by, run_id } = rest;
  const at = created_at?.toISOString() ?? null;
  return { synthetic: true, agent_id, version: number, state: value, author: by, run_id, created_at: at };
}

export const AgentStateVersionDto = wire(
  'AgentStateVersion',
  z
    .strictObject({
      version,
      bytes: z.int().meta({ description: 'Of the state as JSON.', examples: [312] }),
      author,
      run_id: run,
      created_at: time,
    })
    .describe('A version of an agent’s state, without the state itself.'),
);
export type AgentStateVersionDto = z.infer<typeof AgentStateVersionDto>;

export function agentStateVersionDto(row: AgentStateVersion): AgentStateVersionDto {
  const { version: number, bytes, author: by, run_id, created_at } = row;
  return { version: number, bytes, author: by, run_id, created_at: created_at.toISOString() };
}

export const AgentStateHistoryDto = page('AgentStateHistory', 'versions', AgentStateVersionDto);
export type AgentStateHistoryDto = z.infer<typeof AgentStateHistoryDto>;

export const AgentStateHistoryQuery = pageQuery({}).extend({
  cursor: z
    .string()
    .regex(/^before-\d{1,10}$/, 'is the next_cursor of an earlier page, or absent for the first one')
    .optional()
    .meta({ description: '`next_cursor` of the page before.' }),
});
export type AgentStateHistoryQuery = z.infer<typeof AgentStateHistoryQuery>;

/** The version that a cursor stands before. */
export function versionOf(cursor: string | undefined): number | undefined {
  return cursor === undefined ? undefined : Number(cursor.slice('before-'.length));
}

/** A cursor that stands before a version. */
export function cursorBefore(number: number): string {
  return `before-${number}`;
}
