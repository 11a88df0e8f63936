import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { ADMIN, AdminPasswordFile } from './admin-password-file.js';
import { UsersService } from './users.service.js';

/** Sees to it at the start of an API that somebody can log in. */
@Injectable()
export class AdminAccount implements OnApplicationBootstrap {
  /** The admin password, when this start generated it. */
  generatedPassword: string | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'auth' | 'environment'>,
    private readonly users: UsersService,
    private readonly file: AdminPasswordFile,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const outcome = await this.users.ensureAdmin({
      configured: this.config.auth.adminPassword,
      kept: this.file.read(),
      generate: () => this.file.generate(),
      // On a laptop it may stay; elsewhere others may have seen the file or the log that shows it.
      isFirst: this.config.environment !== 'development',
    });
    this.generatedPassword = outcome.generated;
    if (!outcome.keptHolds) this.file.forget(ADMIN);
    if (outcome.ignored) this.file.warnOfConfigured();
  }
}
