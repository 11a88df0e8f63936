export * from './agent.profile.js';
export { AgentNotFound, PopulationNotPersisted } from './agents.errors.js';
export { AgentsHttpModule } from './agents.http.module.js';
export { AgentsModule } from './agents.module.js';
export { AgentsService, type Requester } from './agents.service.js';
export { AgentsWorkerModule } from './agents.worker.module.js';
export { populationId } from './dto/population-id.js';
export {
  NAMED,
  PopulationDependents,
  type PopulationDependent,
  type PopulationUse,
} from './population.dependents.js';
export { exportText } from './population.export.js';
export { createGenerator } from './population.generator.js';
export type { PopulationSpecification } from './population.specification.js';
