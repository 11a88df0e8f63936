import { z } from 'zod';
import { CASSETTE_NAME, CASSETTE_NAME_RULE } from '../../../core/llm/index.js';
import { WRITERS, WRITING_MODES } from '../writing/writer.js';

/** The fields of a request that say who writes. */
export const writingFields = {
  writer: z
    .enum(WRITERS)
    .optional()
    .meta({
      description:
        'Who writes names, biographies, interests beyond the first, and biases; everything else rules draw. Default `rules`.',
      examples: ['rules'],
    }),
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

/** What a population that a model writes is made from, within its specification. */
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
