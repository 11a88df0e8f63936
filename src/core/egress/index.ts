export { EgressClient } from './egress-client.js';
export { EgressModule } from './egress.module.js';
export { egressProblems } from './egress-problems.js';
