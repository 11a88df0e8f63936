import { drawingKey } from '../population.specification.js';
import { subkey } from '../generator/identifiers.js';
import { ComposedGenerator, KeyUse } from './composed.generator.js';
import { fitComposition } from './fit-composition.js';
import { resolveComposition, type ComposedSpecification } from './resolve-composition.js';

/**
 * Looks up what a composition names, fits its numbers, and makes its generator.
 * @throws InvalidComposition naming what cannot be fulfilled
 */
export async function createComposedGenerator(
  specification: ComposedSpecification,
): Promise<ComposedGenerator> {
  const resolved = await resolveComposition(specification);
  const { composition, count } = resolved.specification;
  const key = subkey(drawingKey(resolved.specification), KeyUse.Levels);
  const levels = await fitComposition(composition, count, key);
  if (composition.schema !== null) {
    // Of the commands, only this needs a compiler of schemas.
    const { requireSchema } = await import('./attribute-schema.js');
    requireSchema(composition, composition.schema, levels, count);
  }
  return new ComposedGenerator(resolved, levels);
}
