import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import {
  PUBLIC_ROUTE,
  REQUIRED_PERMISSION,
  type Caller,
  type Requirement,
} from '../../../core/http/index.js';
import { RouteUnguardedError, TokenInvalidError } from '../auth.errors.js';
import { AccessRecord } from './access.record.js';
import { requireAccess } from './access.rules.js';
import { Callers } from './callers.service.js';

type Request = FastifyRequest & { user: Caller };

/** Stands before every route: who calls, and may they? A route that says nothing is refused. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
    private readonly record: AccessRecord,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, targets) === true) return true;
    const requirement = this.reflector.getAllAndOverride<Requirement | undefined>(
      REQUIRED_PERMISSION,
      targets,
    );
    if (requirement === undefined) throw new RouteUnguardedError();
    const request = context.switchToHttp().getRequest<Request>();
    try {
      request.user = await this.callerOf(request, context);
    } catch (error) {
      this.record.rejected(error, request.ip);
      throw error;
    }
    this.record.keyUsed(request.user, request.ip);
    try {
      requireAccess(request.user, requirement);
    } catch (error) {
      this.record.refused(request.user, requirement, request.routeOptions.url ?? '');
      throw error;
    }
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false, why: Error | undefined): T {
    if (error instanceof Error) throw error;
    if (user === false)
      throw new TokenInvalidError(
        'the access token is missing, expired or not valid',
        why?.name === 'TokenExpiredError' ? undefined : 'token',
      );
    return user;
  }

  private async callerOf(request: Request, context: ExecutionContext): Promise<Caller> {
    const key = request.headers['x-api-key'];
    const { authorization } = request.headers;
    if (key !== undefined && authorization !== undefined)
      throw new TokenInvalidError('give an access token or an API key, not both');
    if (typeof key === 'string') return this.callers.of(`key ${key}`, () => this.callers.ofKey(key));
    if (authorization === undefined)
      throw new TokenInvalidError('the access token is missing, expired or not valid');
    return this.callers.of(authorization, async () => {
      await super.canActivate(context);
      return request.user;
    });
  }
}
