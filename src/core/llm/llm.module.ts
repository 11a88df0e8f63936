import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../config/index.js';
import { EgressClient } from '../egress/index.js';
import { Metrics } from '../metrics/index.js';
import { Cassette, CassetteEntry } from './cassettes/cassette.entity.js';
import { CassettesRepository } from './cassettes/cassettes.repository.js';
import { Cassettes } from './cassettes/cassettes.service.js';
import { LlmGateway } from './llm-gateway.js';

/** The one {@link LlmGateway} of the process, and the cassettes. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Cassette, CassetteEntry])],
  providers: [
    CassettesRepository,
    Cassettes,
    {
      provide: LlmGateway,
      inject: [CONFIG, EgressClient, Metrics, Cassettes],
      useFactory: (config: Config, egress: EgressClient, metrics: Metrics, cassettes: Cassettes) =>
        new LlmGateway({ config: config.llm, egress, metrics, cassettes }),
    },
  ],
  exports: [LlmGateway, Cassettes],
})
export class LlmModule {}
