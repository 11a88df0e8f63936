import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { Authenticator } from '../../core/http/index.js';
import { AccessGuard } from './access.guard.js';
import { AuthController } from './auth.controller.js';
import { AuthModule } from './auth.module.js';
import { JwtAuthenticator } from './jwt-authenticator.js';
import { JwtStrategy } from './jwt.strategy.js';
import { UsersController } from './users.controller.js';

/** Guards every route of the application, whichever module it is in. */
@Global()
@Module({
  imports: [AuthModule, PassportModule],
  controllers: [AuthController, UsersController],
  providers: [
    JwtStrategy,
    { provide: Authenticator, useClass: JwtAuthenticator },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator],
})
export class AuthHttpModule {}
