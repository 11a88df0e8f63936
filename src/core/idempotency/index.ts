export { AnswerRepeatedFilter } from './idempotency.filter.js';
export { IdempotencyGuard } from './idempotency.guard.js';
export { keepAnswers } from './idempotency.hooks.js';
export { IdempotencyModule } from './idempotency.module.js';
export { IdempotencyService } from './idempotency.service.js';
