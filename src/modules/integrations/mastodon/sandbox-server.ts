import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Server as HttpsServer } from 'node:https';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { AppError } from '../../../core/errors/index.js';
import { followCertificate } from '../../../core/tls/index.js';
import { NetworkPlaces } from '../network/places.js';
import { SandboxHttp } from './sandbox-http.js';
import { Streaming } from './streaming.js';

class SandboxPortError extends AppError {
  constructor(host: string, port: number, cause: Error) {
    super(
      'unavailable',
      'port_unusable',
      `cannot listen on ${host}:${port} (${cause.message}); set API_HOST or AZT3KNET_SANDBOX_PORT`,
    );
  }
}

/**
 * The sandbox network's own listener, which answers as a Mastodon server does: its paths, errors and pages are that API's and not
 * ours. It speaks HTTPS where the API does, and stands behind the same limits.
 */
@Injectable()
export class SandboxServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: FastifyInstance | undefined;
  private unfollow: () => void = () => undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly places: NetworkPlaces,
    private readonly http: SandboxHttp,
    private readonly streaming: Streaming,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(SandboxServer.name);
  }

  /** Where clients reach the main network; undefined when it is not served. */
  get url(): string | undefined {
    return this.server === undefined ? undefined : this.places.origin;
  }

  /** @throws AppError `port_unusable` */
  async onApplicationBootstrap(): Promise<void> {
    const { port } = this.config.sandbox;
    const { host, tls } = this.config.api;
    if (port === undefined) return;
    const server = this.http.make();
    server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      void this.streaming.upgrade(request, socket, head);
    });
    try {
      await server.listen({ port, host });
    } catch (error) {
      await server.close();
      throw new SandboxPortError(host, port, error as Error);
    }
    this.server = server;
    this.places.listensOn((server.server.address() as AddressInfo).port);
    if (tls) this.unfollow = followCertificate(server.server as HttpsServer, tls, this.logger);
    this.logger.info({ address: server.server.address() }, 'the sandbox network is served');
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unfollow();
    await this.streaming.close();
    await this.server?.close();
  }
}
