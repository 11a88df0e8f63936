import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { randomSecret, readSecretFile, secretFile } from '../../../core/secrets/index.js';

/** File in the data folder that keeps a generated admin password. */
export const ADMIN_PASSWORD_FILE = 'admin-password';
/** Whose password it is. */
export const ADMIN = 'admin';

/** The generated password of `admin`, for as long as it holds. */
@Injectable()
export class AdminPasswordFile {
  private readonly path: string;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'dataDir'>,
    private readonly logger: PinoLogger,
  ) {
    this.path = join(config.dataDir, ADMIN_PASSWORD_FILE);
  }

  /** What is in it; undefined when there is none. */
  read(): string | undefined {
    return readSecretFile(this.path);
  }

  generate(): string {
    return secretFile(this.config.dataDir, ADMIN_PASSWORD_FILE, () => randomSecret(18));
  }

  /** Removes what holds no more once a user has another password, and would mislead whoever finds it. */
  forget(username: string): void {
    if (username !== ADMIN || this.read() === undefined) return;
    rmSync(this.path, { force: true });
    this.logger.info(
      { file: this.path },
      'admin has another password: the file of the generated one is removed',
    );
  }

  /** Tells whoever configured a password that it is not the one, and how it would be. */
  warnOfConfigured(): void {
    this.logger.warn(
      'AZT3KNET_ADMIN_PASSWORD is not the password of admin, who has had another since the first start; ' +
        'to set it: azt3knet users reset-password admin',
    );
  }
}
