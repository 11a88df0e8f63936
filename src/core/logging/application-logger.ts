import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** What Nest tells about its own wiring; worth reading when debugging only. */
const WIRING = new Set([
  'InstanceLoader',
  'RouterExplorer',
  'RoutesResolver',
  'NestFactory',
  'NestApplication',
]);

/** Nest's logger on pino, with the framework's chatter at debug level. */
@Injectable()
export class ApplicationLogger extends Logger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (WIRING.has(String(rest.at(-1)))) super.debug(message, ...rest);
    else super.log(message, ...rest);
  }

  /** That a port is taken is told by whoever asked for it, in words. */
  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) === 'NestApplication' && /\blisten E[A-Z]+/.test(String(message)))
      super.debug(message, ...rest);
    else super.error(message, ...rest);
  }
}
