export { IntegrationsModule } from './integrations.module.js';
export { IntegrationsServingModule } from './integrations.serving.module.js';
export { SandboxServer } from './mastodon/sandbox-server.js';
