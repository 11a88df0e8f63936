import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable, ServiceUnavailableException, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../core/config/index.js';
import { VERSION } from '../../core/version.js';
import { Dependencies, DependencyUnfit, type Dependency } from './dependencies.js';

/** Probes that come faster than this get the same answer. */
const CACHE_MS = 1_000;

/** How the process and what it depends on are. */
export interface HealthReport {
  status: 'ok' | 'error' | 'shutting_down';
  version: string;
  /** By name of the dependency. */
  details: Record<string, { status: 'up' | 'down'; duration_ms: number; message?: string }>;
}

/** Asks the dependencies, each with its own patience, and knows whether the process is about to end. */
@Injectable()
export class HealthService implements OnModuleDestroy {
  private leaving = false;
  private readonly told = new Map<string, string>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly dependencies: Dependencies,
    private readonly host: HttpAdapterHost,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(HealthService.name);
  }

  /** The first thing of a shutdown: load balancers are told, and given time to hear it where they may call. */
  async onModuleDestroy(): Promise<void> {
    this.leaving = true;
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    if (server?.listening !== true) return;
    await setTimeout(this.config.api.shutdownDelaySeconds * 1_000);
  }

  /** Whether everything that the process depends on answers. */
  async dependenciesUp(): Promise<HealthReport> {
    const { details } = await this.ask();
    const shown = Object.entries(details).map(([name, detail]) => {
      const { status, responseTime, message } = detail as Record<string, unknown>;
      const report = { status, duration_ms: responseTime, ...(message !== undefined && { message }) };
      return [name, report] as const;
    });
    const allUp = shown.every(([, { status }]) => status === 'up');
    return {
      status: allUp ? 'ok' : 'error',
      version: VERSION,
      details: Object.fromEntries(shown) as HealthReport['details'],
    };
  }

  /** Whether the process should be sent work: everything answers and it is not about to end. */
  async ready(): Promise<HealthReport> {
    const report = await this.dependenciesUp();
    return this.leaving ? { ...report, status: 'shutting_down' } : report;
  }

  private async ask(): Promise<HealthCheckResult> {
    const attempts = this.dependencies.all.map(
      (dependency) => async () =>
        this.indicators
          .check(dependency.name)
          .attempt(() => this.answerOf(dependency))
          .withTimeout(dependency.timeoutMs)
          .cacheFor(CACHE_MS),
    );
    try {
      return await this.checks.check(attempts);
    } catch (error) {
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }

  /** Probes are public: what is wrong with a dependency goes to the log alone, once, unless it is meant for everybody. */
  private async answerOf({ name, ask }: Dependency): Promise<{ message?: string }> {
    try {
      const message = await ask();
      if (this.told.delete(name)) this.logger.info({ dependency: name }, 'the dependency answers again');
      return message === undefined ? {} : { message };
    } catch (error) {
      const { message } = error as Error;
      if (this.told.get(name) !== message)
        this.logger.warn({ dependency: name, error: message }, 'a dependency does not answer');
      this.told.set(name, message);
      if (error instanceof DependencyUnfit) throw error;
      throw new Error('does not answer', { cause: error });
    }
  }
}
