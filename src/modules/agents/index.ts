export * from './agent.profile.js';
export { Agent, profileOf } from './agent.entity.js';
export {
  AgentNotFound,
  InvalidSpecification,
  PopulationNotFound,
  PopulationNotPersisted,
  PopulationTooLarge,
} from './agents.errors.js';
export { AgentsHttpModule } from './agents.http.module.js';
export { AgentsModule } from './agents.module.js';
export { AgentsService, type PersistedAgent, type Requester } from './agents.service.js';
export { AgentsWorkerModule } from './agents.worker.module.js';
export { populationPath } from './dto/population.dto.js';
export { Population } from './population.entity.js';
export type { PopulationJobResult } from './population.builder.js';
export { EXPORT_FORMATS, exportText, type ExportFormat, type ExportManifest } from './population.export.js';
export { createGenerator, PopulationGenerator } from './population.generator.js';
export { preparePopulation, type PopulationAnswer, type PopulationRequest } from './population.request.js';
export type { NormalSpecification, PopulationSpecification } from './population.specification.js';
