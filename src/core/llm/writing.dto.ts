import { z } from 'zod';
import { CASSETTE_NAME, CASSETTE_NAME_RULE } from './cassettes/cassette-name.js';
import type { Forecast } from './llm.types.js';
import { WRITING_MODES } from './writers.js';
import type { WritingTape } from './writing.js';

/** The fields of a request that say where the answers of a writing model are kept. */
export const tapeFields = {
  cassette: z
    .string()
    .regex(CASSETTE_NAME, CASSETTE_NAME_RULE)
    .optional()
    .meta({
      description: 'With the writer `llm`: where its answers are kept; one of its own unless it is named.',
      examples: ['demo'],
    }),
  cassette_mode: z
    .enum(WRITING_MODES)
    .optional()
    .meta({
      description:
        '`auto`: what the cassette has, and for the rest the model; `record`: the model, in place of what was kept; ' +
        '`replay`: the cassette alone. Default `auto`, unless another is configured.',
      examples: ['auto'],
    }),
};

const count = z.int().min(0);

/** A language model that writes, as a part of what its texts are known by. */
export const ModelWriterDto = z
  .strictObject({
    backend: z.string(),
    model: z.string().meta({ examples: ['deepseek-r1:1.5b'] }),
    model_digest: z.string(),
    prompt: z.strictObject({ name: z.string(), version: z.string(), sha256: z.string() }),
  })
  .meta({ description: 'The language model that writes; absent where rules do.' });

/** What a writing will be done with, and will take where its cassette has nothing of it. */
export const WritingForecastDto = z
  .strictObject({
    cassette: z.string(),
    cassette_mode: z.enum(WRITING_MODES),
    forecast: z.strictObject({
      calls: count,
      input_tokens: count,
      output_tokens: count,
      cost: z.string().meta({ description: 'At the configured prices, in their currency.' }),
      seconds: z.number().min(0),
    }),
  })
  .meta({ description: 'Where a language model writes: what that will take, as far as can be known.' });

export function writingForecastDto(
  tape: WritingTape,
  { tokens, ...rest }: Forecast,
): z.infer<typeof WritingForecastDto> {
  return { ...tape, forecast: { ...rest, input_tokens: tokens.input, output_tokens: tokens.output } };
}
