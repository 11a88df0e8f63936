import { z } from 'zod';
import { wire } from '../../../core/http/index.js';
import { EXPORT_FORMATS } from '../population.export.js';

export const RequestExport = wire(
  'RequestExport',
  z
    .strictObject({ format: z.enum(EXPORT_FORMATS).meta({ examples: ['jsonl'] }) })
    .describe('What an export is to be like.'),
);
export type RequestExport = z.infer<typeof RequestExport>;
