import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import type { Config } from '../../core/config/index.js';
import type { Metrics } from '../../core/metrics/index.js';
import { Dependencies } from './dependencies.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { metricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { OperationsServer } from './operations-server.js';

/** /metrics on the API port, and what the process itself measures. */
function measuring(open: boolean, metrics: Metrics): DynamicModule {
  const prometheus = PrometheusModule.register({
    path: '/metrics',
    controller: metricsController(open),
    defaultMetrics: { enabled: true, config: { register: metrics.registry } },
  });
  return {
    ...prometheus,
    providers: [...(prometheus.providers ?? []), MetricsService],
    exports: [MetricsService],
  };
}

/** How a process that serves or works is doing; a command of the command line has probes for itself alone. */
@Module({})
export class ObservabilityModule {
  static register({ features }: Config, metrics: Metrics, serving = true): DynamicModule {
    return {
      module: ObservabilityModule,
      imports: [
        TerminusModule.forRoot({ logger: false }),
        ...(serving && features.metrics ? [measuring(features.publicMetrics, metrics)] : []),
      ],
      controllers: [HealthController],
      providers: [Dependencies, HealthService, ...(serving ? [OperationsServer] : [])],
    };
  }
}
