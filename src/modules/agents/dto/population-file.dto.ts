import { z } from 'zod';
import { MAX_DOCUMENT_BYTES } from '../../../core/documents/index.js';
import { seed, synthetic, wire } from '../../../core/http/index.js';
import { MAX_SAMPLE_CHARACTERS } from '../composition/population-file.schema.js';
import { wishes } from './populate.dto.js';
import { NormalSpecificationDto } from './population.dto.js';
import { writingFields } from './writing.dto.js';

const EXAMPLE = `id: small_panel
version: 1.0.0
title: A small panel
description: A hundred people of two cities.
count: 100
country: MX
attributes:
  place: { weights: { Mexico City: 3, Puebla: 1 } }
`;

const file = {
  content: z
    .string()
    .max(MAX_DOCUMENT_BYTES)
    .optional()
    .meta({ description: 'A population file as YAML text; this or `document`.', examples: [EXAMPLE] }),
  document: z.record(z.string(), z.unknown()).optional().meta({
    description:
      'The same as an object; `docs/schemas/population.schema.json` describes it. This or `content`.',
  }),
  sample: z
    .string()
    .max(MAX_SAMPLE_CHARACTERS)
    .optional()
    .meta({ description: 'The text of the CSV file that the population file names as its sample.' }),
};

const ONE = { path: ['content'], error: 'give exactly one of content and document' };
const hasOne = (body: { content?: unknown; document?: unknown }): boolean =>
  (body.content === undefined) !== (body.document === undefined);

export const CheckPopulationFile = wire(
  'PopulationFileCheck',
  z.strictObject(file).refine(hasOne, ONE).describe('A population file, to be checked.'),
);
export type CheckPopulationFile = z.infer<typeof CheckPopulationFile>;

export const CreatePopulation = wire(
  'PopulationFileRequest',
  z
    .strictObject({
      ...file,
      seed: seed.optional(),
      ...writingFields,
      ...wishes,
    })
    .refine(hasOne, ONE)
    .describe(
      'A population file, and what is to be done with the population. With Content-Type application/yaml the body is the file itself.',
    ),
);
export type CreatePopulation = z.infer<typeof CreatePopulation>;

export const CheckedPopulationFile = wire(
  'CheckedPopulationFile',
  z
    .strictObject({
      synthetic,
      name: z.string().meta({ examples: ['metro_panel'] }),
      version: z.string().meta({ examples: ['1.0.0'] }),
      sha256: z.string().meta({ description: 'SHA-256 of everything in it that can change an agent.' }),
      specification: NormalSpecificationDto.omit({ seed: true, writer: true }),
    })
    .describe('A population file that whole people can be made of.'),
);
export type CheckedPopulationFile = z.infer<typeof CheckedPopulationFile>;
