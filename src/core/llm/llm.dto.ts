import { z } from 'zod';
import { API_PREFIX, links, page, pageQuery, sortBy, synthetic, time, wire } from '../http/index.js';
import { CASSETTE_NAME, CASSETTE_NAME_RULE } from './cassettes/cassette-name.js';
import { CASSETTE_SORTS, type CassetteFacts } from './cassettes/cassettes.repository.js';
import type { GatewayStatus } from './llm-gateway.js';
import { BACKENDS, CASSETTE_MODES } from './llm.types.js';

const count = z.int().min(0);
const bigCount = z
  .string()
  .regex(/^\d+$/)
  .meta({ examples: ['1200'] });
const cost = z
  .string()
  .regex(/^\d+\.\d{6}$/)
  .meta({ description: 'At the configured prices, in their currency.', examples: ['0.012500'] });
const problem = z
  .string()
  .nullable()
  .meta({ description: 'Why it cannot be asked; null when it can.', examples: [null] });

const LlmServer = z.strictObject({
  url: z.string().meta({ examples: ['http://127.0.0.1:11434'] }),
  problem,
  breaker: z
    .enum(['closed', 'open', 'half_open'])
    .meta({ description: 'open: it failed several times and is left alone; half_open: it is tried again.' }),
  active: count.meta({ description: 'Calls that it works on.' }),
  limit: count.meta({ description: 'Calls that it is given at once, as found out.' }),
});

export const LlmStatus = wire(
  'LlmStatus',
  z
    .strictObject({
      synthetic,
      backend: z.enum(BACKENDS).meta({ description: 'What calls go to that name none.' }),
      mode: z.enum(CASSETTE_MODES),
      cassette: z
        .string()
        .nullable()
        .meta({ examples: [null] }),
      backends: z.array(
        z.strictObject({
          backend: z.enum(BACKENDS),
          model: z.string().meta({ examples: ['deepseek-r1:1.5b'] }),
          model_digest: z
            .string()
            .nullable()
            .meta({ examples: [null] }),
          problem,
          waiting: count.meta({ description: 'Calls that wait for a place.' }),
          servers: z.array(LlmServer),
        }),
      ),
      totals: z.strictObject({
        calls: count,
        replayed: count,
        shared: count,
        failed: count,
        repairs: count,
        input_tokens: count,
        output_tokens: count,
        cost,
        seconds: z.number().min(0),
      }),
    })
    .describe('Language models, as the process that answers sees and uses them.'),
);
export type LlmStatus = z.infer<typeof LlmStatus>;

export function llmStatusDto({ totals, ...status }: GatewayStatus): LlmStatus {
  const { tokens, ...counts } = totals;
  return {
    synthetic: true,
    ...status,
    totals: { ...counts, input_tokens: tokens.input, output_tokens: tokens.output },
  };
}

export const CassetteDto = wire(
  'Cassette',
  z
    .strictObject({
      synthetic,
      name: z.string().meta({ examples: ['demo'] }),
      entries: bigCount.meta({ description: 'Calls that it has the answers to.' }),
      models: z
        .array(z.string())
        .meta({ description: 'Backends and models.', examples: [['ollama/deepseek-r1:1.5b']] }),
      input_tokens: bigCount,
      output_tokens: bigCount,
      created_at: time,
      links,
    })
    .describe('Recorded answers of language models, from which a run replays.'),
);
export type CassetteDto = z.infer<typeof CassetteDto>;

export function cassetteDto(facts: CassetteFacts): CassetteDto {
  const { name, entries, models, input_tokens, output_tokens, created_at } = facts;
  const self = `/${API_PREFIX}/llm/cassettes/${name}`;
  return {
    synthetic: true,
    name,
    entries,
    models,
    input_tokens,
    output_tokens,
    created_at: created_at.toISOString(),
    links: { self, file: `${self}/file`, entries: `${self}/entries` },
  };
}

export const CassetteList = page('CassetteList', 'cassettes', CassetteDto);
export type CassetteList = z.infer<typeof CassetteList>;

export const CassetteQuery = pageQuery({
  name: z.string().min(1).max(100).optional().meta({ description: 'A part of the name.' }),
  sort: sortBy(CASSETTE_SORTS, '-created_at'),
});
export type CassetteQuery = z.infer<typeof CassetteQuery>;

export const CassetteParams = z.strictObject({
  name: z
    .string()
    .regex(CASSETTE_NAME, CASSETTE_NAME_RULE)
    .meta({ examples: ['demo'] }),
});
export type CassetteParams = z.infer<typeof CassetteParams>;

export const ImportEntries = wire(
  'ImportCassetteEntries',
  z.strictObject({
    content: z.string().min(1).meta({ description: 'Lines of a file of a cassette, without the last one.' }),
    first_line: z.int().min(1).default(1).meta({ description: 'Where in the file they begin, for errors.' }),
  }),
);
export type ImportEntries = z.infer<typeof ImportEntries>;

export const ImportedEntries = wire(
  'ImportedCassetteEntries',
  z.strictObject({
    synthetic,
    name: z.string(),
    added: count.meta({ description: 'Entries that were not there.' }),
    present: count.meta({ description: 'Entries that were there already, the same.' }),
    links,
  }),
);
export type ImportedEntries = z.infer<typeof ImportedEntries>;
