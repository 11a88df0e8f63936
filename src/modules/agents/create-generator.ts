import { resolvePopulation } from './agents.rules.js';
import { createComposedGenerator } from './composition/create-composed-generator.js';
import { FlatGenerator } from './flat.generator.js';
import type { PopulationGenerator } from './population.generator.js';
import { normalForm, type PopulationSpecification } from './population.specification.js';

/**
 * Checks a specification, loads the data that it needs, and makes its generator.
 * @throws InvalidSpecification where it cannot be fulfilled
 */
export async function createGenerator(specification: PopulationSpecification): Promise<PopulationGenerator> {
  const { composition, ...normal } = normalForm(specification);
  if (composition !== undefined) return createComposedGenerator({ ...normal, composition });
  return new FlatGenerator(await resolvePopulation(specification));
}
