import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseYamlDocument } from '../../../core/documents/index.js';
import { SCENARIOS } from '../scenarios/scenario.loader.js';

const positive = z.number().positive();
const shape = z.strictObject({ median: positive, p90: positive, cascades: z.int().positive() });
const share = z.number().min(0).max(1);

const referenceSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  shapes: z.strictObject({ size: shape, depth: shape, breadth: shape, virality: shape }),
  reached: z.array(z.strictObject({ minutes: positive, share })).min(1),
  baselines: z.array(
    z.strictObject({ name: z.string(), scale: positive, depth: positive, breadth: positive }),
  ),
  best_published_scale: positive,
  attention: z.array(z.strictObject({ people: z.int().positive(), nothing: z.int().min(0) })),
});

/** Statistics of real cascades. */
export type CascadeReference = z.output<typeof referenceSchema>;

const FILE = join(SCENARIOS.folder, 'references', 'rumour_cascades.yaml');

/** The statistics that come with the product. */
export function shippedReference(): CascadeReference {
  return parseYamlDocument(readFileSync(FILE, 'utf8'), FILE, referenceSchema);
}

/** The share of people who look at a feed and do nothing, over all studies of a reference. */
export function idleShare({ attention }: CascadeReference): number {
  const sum = (name: 'people' | 'nothing'): number =>
    attention.reduce((total, each) => total + each[name], 0);
  return sum('nothing') / sum('people');
}
