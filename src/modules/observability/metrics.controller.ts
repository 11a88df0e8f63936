import { Controller, Get, Res, type Type } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public, RequirePermission } from '../../core/http/index.js';
import { MetricsService } from './metrics.service.js';

/** What Prometheus scrapes on the API port; it tells how much a laboratory is used, so who may read it is configured. */
export function metricsController(open: boolean): Type {
  @ApiExcludeController()
  @Controller()
  class MetricsController {
    constructor(private readonly metrics: MetricsService) {}

    @Get()
    @(open ? Public() : RequirePermission('metrics:read'))
    async index(@Res() reply: FastifyReply): Promise<void> {
      const text = await this.metrics.text();
      await reply.type(this.metrics.contentType).send(text);
    }
  }
  return MetricsController;
}
