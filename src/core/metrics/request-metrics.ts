import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/** From a health probe to a long export, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Measures every answer, by the template of its route and not its path, which would have no end.
 * @param name of the histogram, one for each server of a process
 */
export function measureRequests(
  fastify: FastifyInstance,
  metrics: Metrics,
  name = 'http_request_duration_seconds',
): void {
  const duration = metrics.histogram({
    name,
    help: 'Time from a request to the end of its answer.',
    labels: ['method', 'route', 'status'],
    buckets: BUCKETS,
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    duration.observe(
      {
        method: METHODS.has(request.method) ? request.method : 'OTHER',
        route: request.routeOptions.url ?? 'unknown',
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1_000,
    );
    done();
  });
}
