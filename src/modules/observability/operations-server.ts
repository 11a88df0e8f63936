import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import {
  Inject,
  Injectable,
  Optional,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../core/config/index.js';
import { AppError } from '../../core/errors/index.js';
import { followCertificate, tlsOptions } from '../../core/tls/index.js';
import { VERSION } from '../../core/version.js';
import { HealthService, type HealthReport } from './health.service.js';
import { MetricsService } from './metrics.service.js';

class OperationsPortError extends AppError {
  constructor(host: string, port: number, cause: Error) {
    super(
      'unavailable',
      'port_unusable',
      `cannot listen on ${host}:${port} (${cause.message}); set API_HOST or PROMETHEUS_PORT`,
    );
  }
}

/**
 * Metrics and probes on a port of their own, for a network that only the operator's tools reach: without a token, and in
 * a worker the only HTTP there is. It speaks HTTPS where the API does.
 */
@Injectable()
export class OperationsServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: ReturnType<typeof createHttpServer> | HttpsServer;
  private unfollow: () => void = () => undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly health: HealthService,
    @Optional() @Inject(MetricsService) private readonly metrics: MetricsService | undefined,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(OperationsServer.name);
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      this.answer(request, response).catch((error: unknown) => {
        this.logger.error({ err: error }, 'unexpected error');
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    };
    const { tls } = config.api;
    this.server = tls ? createHttpsServer(tlsOptions(tls), listener) : createHttpServer(listener);
  }

  /** @throws AppError `port_unusable` */
  async onApplicationBootstrap(): Promise<void> {
    const { host, tls } = this.config.api;
    const { prometheusPort: port } = this.config.observability;
    if (port === undefined) return;
    this.server.listen(port, host);
    try {
      await once(this.server, 'listening');
    } catch (error) {
      throw new OperationsPortError(host, port, error as Error);
    }
    if (tls && this.server instanceof HttpsServer)
      this.unfollow = followCertificate(this.server, tls, this.logger);
    this.logger.info({ address: this.server.address() }, 'metrics and probes are served');
  }

  beforeApplicationShutdown(): void {
    this.unfollow();
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer({ method, url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (method !== 'GET' && method !== 'HEAD') return send(response, 405, 'text/plain', 'GET only\n');
    const path = url.replace(/\?.*/s, '');
    if (path === '/metrics' && this.metrics !== undefined) {
      send(response, 200, this.metrics.contentType, await this.metrics.text());
    } else if (path === '/health') sendJson(response, 200, { status: 'ok', version: VERSION });
    else if (path === '/healthz') sendReport(response, await this.health.dependenciesUp());
    else if (path === '/readyz') sendReport(response, await this.health.ready());
    else send(response, 404, 'text/plain', 'only /metrics, /health, /healthz and /readyz\n');
  }
}

function sendReport(response: ServerResponse, report: HealthReport): void {
  sendJson(response, report.status === 'ok' ? 200 : 503, report);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
