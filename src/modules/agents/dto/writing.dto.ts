import { z } from 'zod';
import { tapeFields, WRITERS } from '../../../core/llm/index.js';

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
  ...tapeFields,
};
