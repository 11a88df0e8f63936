import type { Tracer } from '@opentelemetry/api';
import type { Config } from '../config/index.js';

type Api = typeof import('@opentelemetry/api');

/** What tracing needs while it is on. Nothing of OpenTelemetry is loaded while it is off. */
export interface Tracing {
  api: Api;
  tracer: Tracer;
  /** Sends what is left and ends it; a collector that does not answer is not waited for. */
  shutdown(): Promise<void>;
}

/** The configuration that tracing looks at. */
export type TracingConfig = Pick<Config, 'environment' | 'features' | 'observability' | 'secrets'>;
