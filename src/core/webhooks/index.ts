export { signWebhook, type SignedMessage } from './signature.js';
export { settleWebhooks, SignedWebhook, WebhookGuard } from './webhook.guard.js';
export { WebhookValidator, type WebhookSource } from './webhook-validator.js';
export { WebhooksModule } from './webhooks.module.js';
