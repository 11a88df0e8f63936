export type { EgressChannel } from './egress-channel.js';
export { EgressClient } from './egress-client.js';
export { EgressModule } from './egress.module.js';
export { egressProblems } from './egress-problems.js';
export { EgressError } from './egress.errors.js';
export { retryAfterMs } from './retry-after.js';
