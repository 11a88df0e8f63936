import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AccessGuard } from './access.guard.js';
import { AuthController } from './auth.controller.js';
import { AuthModule } from './auth.module.js';
import { JwtStrategy } from './jwt.strategy.js';

/** Guards every route of the application, whichever module it is in. */
@Module({
  imports: [AuthModule, PassportModule],
  controllers: [AuthController],
  providers: [JwtStrategy, { provide: APP_GUARD, useClass: AccessGuard }],
})
export class AuthHttpModule {}
