import { z } from 'zod';
import { wire } from '../../../core/http/index.js';
import { EXPORT_FORMATS, POPULATION_FORMATS } from '../population.export.js';

export const RequestExport = wire(
  'RequestExport',
  z
    .strictObject({ format: z.enum(EXPORT_FORMATS).meta({ examples: ['jsonl'] }) })
    .describe('What an export is to be like.'),
);
export type RequestExport = z.infer<typeof RequestExport>;

export const RequestPopulationExport = wire(
  'RequestPopulationExport',
  z
    .strictObject({ format: z.enum(POPULATION_FORMATS).meta({ examples: ['jsonl'] }) })
    .describe('What an export of a population is to be like.'),
);
export type RequestPopulationExport = z.infer<typeof RequestPopulationExport>;
