import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from './access.js';

/** The caller of a guarded route. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return context.switchToHttp().getRequest<{ user: Caller }>().user;
});
