import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { Authenticator } from '../../core/http/index.js';
import { AccessGuard } from './access/access.guard.js';
import { AccessRecord } from './access/access.record.js';
import { Callers } from './access/callers.service.js';
import { JwtAuthenticator } from './access/jwt-authenticator.js';
import { JwtStrategy } from './access/jwt.strategy.js';
import { People } from './access/people.js';
import { AuthModule } from './auth.module.js';
import { ApiKeysController } from './keys/api-keys.controller.js';
import { ApiKeysService } from './keys/api-keys.service.js';
import { LoginAttempts } from './login/login-attempts.js';
import { LoginLookups } from './login/login-lookups.js';
import { LoginController } from './login/login.controller.js';
import { LoginPardon } from './login/login-pardon.js';
import { LoginRecord } from './login/login.record.js';
import { LoginService } from './login/login.service.js';
import { PasswordConfirmation } from './login/password-confirmation.js';
import { OAuthController } from './oauth/oauth.controller.js';
import { OAuthService } from './oauth/oauth.service.js';
import { RolesController } from './roles/roles.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsService } from './sessions/sessions.service.js';
import { JwksController, SigningKeysController } from './tokens/signing-keys.controller.js';
import { TotpService } from './totp/totp.service.js';
import { AccountController } from './users/account.controller.js';
import { OwnPasswordService } from './users/own-password.service.js';
import { UsersController } from './users/users.controller.js';

/** Guards every route of the application, whichever module it is in. */
@Global()
@Module({
  imports: [AuthModule, PassportModule],
  controllers: [
    LoginController,
    AccountController,
    UsersController,
    RolesController,
    SessionsController,
    ApiKeysController,
    SigningKeysController,
    JwksController,
    OAuthController,
  ],
  providers: [
    Callers,
    People,
    AccessRecord,
    JwtStrategy,
    LoginAttempts,
    LoginLookups,
    LoginPardon,
    LoginRecord,
    LoginService,
    PasswordConfirmation,
    OwnPasswordService,
    SessionsService,
    TotpService,
    ApiKeysService,
    OAuthService,
    { provide: Authenticator, useClass: JwtAuthenticator },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, People],
})
export class AuthHttpModule {}
