export { QueryTracing } from './query-tracing.js';
export { inTraceOf, traceRequests } from './request-tracing.js';
export { inSpan, startTracing, traceHeaders, traceLogFields } from './tracing.js';
