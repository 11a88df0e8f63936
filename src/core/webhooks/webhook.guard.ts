import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { rawBodyOf } from '../http/index.js';
import { WebhookValidator, type WebhookClaim } from './webhook-validator.js';

const SOURCE = 'webhooks:source';

/**
 * The route takes messages that this source signed, and no others. Beside it the route is `public`: the signature is what proves
 * who calls. An answer of 2xx accepts the message; after any other it may come again.
 */
export const SignedWebhook = (source: string): MethodDecorator => SetMetadata(SOURCE, source);

const claims = new WeakMap<FastifyRequest, WebhookClaim>();

/** Checks signatures before anything of a message is looked at. */
@Injectable()
export class WebhookGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly validator: WebhookValidator,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const source = this.reflector.get<string | undefined>(SOURCE, context.getHandler());
    if (source === undefined) return true;
    return this.claim(source, context.switchToHttp().getRequest<FastifyRequest>());
  }

  private async claim(source: string, request: FastifyRequest): Promise<true> {
    claims.set(request, await this.validator.claim(source, request.headers, rawBodyOf(request)));
    return true;
  }
}

/** Tells what became of messages before their answers go out. */
export function settleWebhooks(fastify: FastifyInstance, validator: WebhookValidator): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    const claim = claims.get(request);
    if (claim === undefined) return payload;
    claims.delete(request);
    await validator.settle(claim, reply.statusCode < 300);
    return payload;
  });
}
