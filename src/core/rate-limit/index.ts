export type { Verdict } from './budgets.js';
export { limitAddresses } from './rate-limit.hooks.js';
export { RateLimitedError } from './rate-limit.errors.js';
export { RateLimitGuard } from './rate-limit.guard.js';
export { RateLimitModule } from './rate-limit.module.js';
export { RateLimits } from './rate-limits.js';
