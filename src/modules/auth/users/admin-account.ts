import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { randomSecret, secretFile } from '../../../core/secrets/index.js';
import { UsersService } from './users.service.js';

/** File in the data folder that keeps a generated admin password. */
export const ADMIN_PASSWORD_FILE = 'admin-password';

/** Sees to it at the start of an API that somebody can log in. */
@Injectable()
export class AdminAccount implements OnApplicationBootstrap {
  /** The admin password, when this start generated it. */
  generatedPassword: string | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: UsersService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { adminPassword } = this.config.auth;
    // On a laptop it may stay; elsewhere others may have seen the file or the log that shows it.
    const isFirst = this.config.environment !== 'development';
    const generate = () => secretFile(this.config.dataDir, ADMIN_PASSWORD_FILE, () => randomSecret(18));
    this.generatedPassword = await this.users.ensureAdmin(adminPassword, generate, isFirst);
    // The generated one holds no more, and would mislead whoever finds it.
    if (adminPassword !== undefined) rmSync(join(this.config.dataDir, ADMIN_PASSWORD_FILE), { force: true });
  }
}
