export * from './adapters/adapter.js';
export { AdapterRegistry } from './adapters/adapter.registry.js';
export { IntegrationsHttpModule } from './integrations.http.module.js';
export { IntegrationsModule } from './integrations.module.js';
export { IntegrationsServingModule } from './integrations.serving.module.js';
export { IntegrationsWorkerModule } from './integrations.worker.module.js';
export { SandboxServer } from './mastodon/sandbox-server.js';
