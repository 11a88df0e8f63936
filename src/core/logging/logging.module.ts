import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { destination } from 'pino';
import type { Config } from '../config/index.js';
import { ApplicationLogger } from './application-logger.js';

/** JSON lines on standard error; standard output belongs to what a command answers. */
@Module({})
export class LoggingModule {
  static register(config: Config): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: {
            level: config.logLevel,
            stream: destination({ dest: 2, sync: true }),
            base: { service: 'azt3knet' },
            redact: [
              'req.headers.authorization',
              'req.headers.cookie',
              '*.password',
              '*.access_token',
              '*.refresh_token',
            ],
            autoLogging: { ignore: ({ url }) => url?.startsWith('/health') === true },
            customLogLevel: (_, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
            serializers: {
              req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
                id,
                method,
                url,
              }),
            },
          },
        }),
      ],
      providers: [ApplicationLogger],
    };
  }
}
