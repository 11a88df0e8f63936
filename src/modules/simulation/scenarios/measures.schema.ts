import { z } from 'zod';
import { GROUPINGS } from '../groups.rules.js';

const name = /^[a-z][a-z0-9_]{0,63}$/u;

export const measuresSchema = z
  .strictObject({
    group_by: z
      .string()
      .regex(name, `is ${GROUPINGS.join(', ')} or an attribute of the population file`)
      .default('interest')
      .describe(
        `What agents are grouped by, the eight largest groups by name: ${GROUPINGS.join(', ')} or an attribute of the population file.`,
      ),
    opinion: z
      .string()
      .regex(name, 'is a topic of the population file’s opinions')
      .optional()
      .describe('Topic of the population file’s opinions whose variance and bimodality are measured.'),
  })
  .describe('What runs are measured by, beside what they always are; see docs/guides/metrics.md.');
