export * from './agent.profile.js';
export { InvalidSpecification } from './agents.errors.js';
export {
  EXPORT_FORMATS,
  exportManifest,
  exportText,
  type ExportFormat,
  type ExportManifest,
} from './population.export.js';
export { createGenerator, PopulationGenerator } from './population.generator.js';
export type { NormalSpecification, PopulationSpecification } from './population.specification.js';
