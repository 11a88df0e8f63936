export { OrchestratorHttpModule } from './orchestrator.http.module.js';
export { OrchestratorModule } from './orchestrator.module.js';
export { OrchestratorWorkerModule } from './orchestrator.worker.module.js';
