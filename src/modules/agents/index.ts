export * from './agent.profile.js';
export { AgentNotFound, PopulationNotPersisted } from './agents.errors.js';
export { AgentsHttpModule } from './agents.http.module.js';
export { AgentStatesService } from './agent-states.service.js';
export { AgentsModule } from './agents.module.js';
export type { AgentFilter } from './agents.repository.js';
export { agentFilters } from './dto/agent.dto.js';
export { AgentsService, requesterOf, type Requester } from './agents.service.js';
export { AgentsWorkerModule } from './agents.worker.module.js';
export { populationId } from './dto/population-id.js';
export {
  NAMED,
  PopulationDependents,
  type PopulationDependent,
  type PopulationUse,
} from './population.dependents.js';
export {
  EXPORT_MEDIA_TYPES,
  exportContent,
  exportText,
  SYNTHETIC_NOTICE,
  type ExportFormat,
} from './population.export.js';
export { RequestExport } from './dto/request-export.dto.js';
export { auditPopulation } from './audit/population-audit.js';
export { readPopulationFile } from './composition/population-file.js';
export { createGenerator } from './create-generator.js';
export type { PopulationSpecification } from './population.specification.js';
export { describedPopulation } from './dto/populate.dto.js';
export { PopulationAuditsService } from './population-audits.service.js';
export { LIFECYCLE_ACTS, LIFECYCLE_STATES, type LifecycleAct } from './lifecycle/agent-lifecycle.rules.js';
export { AgentLifecycles, type CurrentLifecycle } from './lifecycle/agent-lifecycles.service.js';
