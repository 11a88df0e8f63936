import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../core/http/index.js';
import { VERSION } from '../../core/version.js';
import { HealthService, type HealthReport } from './health.service.js';

function statusOf({ status }: HealthReport): 200 | 503 {
  return status === 'ok' ? 200 : 503;
}

/** Probes; they are not part of the API and tell nothing beyond up, down and which migrations differ. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** The process answers; nothing else is asked. */
  @Get('health')
  @Public()
  alive(): { status: 'ok'; version: string } {
    return { status: 'ok', version: VERSION };
  }

  /** The process and what it depends on answer. */
  @Get('healthz')
  @Public()
  async healthy(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.health.dependenciesUp();
    void reply.status(statusOf(report));
    return report;
  }

  /** The process should be sent work. */
  @Get('readyz')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.health.ready();
    void reply.status(statusOf(report));
    return report;
  }
}
