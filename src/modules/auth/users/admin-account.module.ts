import { Module } from '@nestjs/common';
import { AdminAccount } from './admin-account.js';
import { AuthModule } from '../auth.module.js';

/** For processes that people log in to. */
@Module({ imports: [AuthModule], providers: [AdminAccount], exports: [AdminAccount] })
export class AdminAccountModule {}
