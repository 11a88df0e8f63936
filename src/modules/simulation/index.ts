export type { ReportData } from './report/report-data.js';
export type { RunJobResult } from './run.builder.js';
export type { RunWithStatus } from './runs.repository.js';
export { RunsService } from './runs.service.js';
export type { Scenario } from './scenarios/scenario.schema.js';
export { SimulationHttpModule } from './simulation.http.module.js';
export { SimulationModule } from './simulation.module.js';
export { SimulationService, type AcceptedRun, type RunRequest } from './simulation.service.js';
export { SimulationWorkerModule } from './simulation.worker.module.js';
