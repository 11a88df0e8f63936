import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { destination } from 'pino';
import type { Config } from '../config/index.js';
import { traceLogFields } from '../tracing/index.js';
import { ApplicationLogger } from './application-logger.js';
import { currentLogFields } from './log-fields.js';

/** JSON lines on standard error; standard output belongs to what a command answers. */
@Module({})
export class LoggingModule {
  static register(config: Config): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRoot({
          // Requests are logged by hooks (request-log.ts); no route has the middleware.
          forRoutes: [],
          pinoHttp: {
            level: config.logLevel,
            stream: destination({ dest: 2, sync: true }),
            base: { service: 'azt3knet' },
            mixin: () => ({ ...traceLogFields(), ...currentLogFields() }),
            // The hooks of requests choose what is logged of them: it is no request, and no answer, of Node.
            wrapSerializers: false,
            serializers: { req: (fields: object) => fields, res: (fields: object) => fields },
            redact: [
              'req.headers.authorization',
              'req.headers.cookie',
              '*.password',
              '*.access_token',
              '*.refresh_token',
            ],
          },
        }),
      ],
      providers: [ApplicationLogger],
    };
  }
}
