import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../config/index.js';
import { SealedValues } from './sealed-values.js';
import { sealingKeys } from './sealing-keys.js';
import { Sealing } from './sealing.js';

/** Encryption of stored credentials, for every module. */
@Global()
@Module({})
export class SecretsModule {
  static register(config: Config): DynamicModule {
    const keys = sealingKeys(config);
    return {
      module: SecretsModule,
      providers: [{ provide: Sealing, useValue: new Sealing(() => keys) }, SealedValues],
      exports: [Sealing, SealedValues],
    };
  }
}
