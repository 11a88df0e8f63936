import { Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../config/index.js';
import { Metrics } from '../metrics/index.js';
import { EgressClient } from './egress-client.js';

/** Closes the connections with the process. */
@Injectable()
class EgressEnd implements OnApplicationShutdown {
  constructor(private readonly egress: EgressClient) {}

  onApplicationShutdown(): Promise<void> {
    return this.egress.close();
  }
}

/** The one {@link EgressClient} of the process. */
@Global()
@Module({
  providers: [
    {
      provide: EgressClient,
      inject: [CONFIG, Metrics, PinoLogger],
      useFactory: (config: Config, metrics: Metrics, log: PinoLogger) =>
        new EgressClient({ allow: config.egressAllow, metrics, log }),
    },
    EgressEnd,
  ],
  exports: [EgressClient],
})
export class EgressModule {}
