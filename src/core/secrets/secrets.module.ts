import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../config/index.js';
import { SealedValues } from './sealed-values.js';
import { sealingKeys } from './sealing-keys.js';
import { Sealing } from './sealing.js';
import { FOLLOWED, SecretsFollower, type Followed } from './secrets-follower.js';

/** Encryption of stored credentials, for every module, and who follows the secrets of the configuration. */
@Global()
@Module({})
export class SecretsModule {
  static register(config: Config): DynamicModule {
    const { secrets, secretsRefreshSeconds: everySeconds } = config;
    let keys = sealingKeys(config);
    const again = (): void => {
      keys = sealingKeys(config);
    };
    for (const name of ['API_SECRET_KEY', 'AZT3KNET_ENCRYPTION_KEYS']) secrets.onChange(name, again);
    return {
      module: SecretsModule,
      providers: [
        { provide: Sealing, useValue: new Sealing(() => keys) },
        { provide: FOLLOWED, useValue: { secrets, everySeconds } satisfies Followed },
        SealedValues,
        SecretsFollower,
      ],
      exports: [Sealing, SealedValues],
    };
  }
}
