import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CallersRepository } from './access/callers.repository.js';
import { UserRights } from './access/user-rights.js';
import { ApiKey } from './keys/api-key.entity.js';
import { ApiKeysRepository } from './keys/api-keys.repository.js';
import { LoginFailure } from './login/login-failure.entity.js';
import { LoginFailuresRepository } from './login/login-failures.repository.js';
import { PasswordHasher } from './login/password.hasher.js';
import { CustomRole } from './roles/role.entity.js';
import { RolesRepository } from './roles/roles.repository.js';
import { RolesService } from './roles/roles.service.js';
import { LocalSession } from './sessions/local-session.js';
import { LoginsRetention } from './sessions/logins.retention.js';
import { Session } from './sessions/session.entity.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { BotTokens } from './tokens/bot-tokens.js';
import { KeySet } from './tokens/key-set.js';
import { SigningKey } from './tokens/signing-key.entity.js';
import { SigningKeysRepository } from './tokens/signing-keys.repository.js';
import { TokenService } from './tokens/token.service.js';
import { AdminPasswordFile } from './users/admin-password-file.js';
import { User } from './users/user.entity.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';

/** Users, roles and what signs tokens: for every mode. */
@Module({
  imports: [
    TypeOrmModule.forFeature([User, CustomRole, Session, ApiKey, SigningKey, LoginFailure]),
    JwtModule.register({}),
  ],
  providers: [
    UsersRepository,
    RolesRepository,
    SessionsRepository,
    SigningKeysRepository,
    KeySet,
    TokenService,
    BotTokens,
    PasswordHasher,
    RolesService,
    UsersService,
    AdminPasswordFile,
    LocalSession,
    LoginFailuresRepository,
    ApiKeysRepository,
    LoginsRetention,
    CallersRepository,
    UserRights,
  ],
  exports: [
    JwtModule,
    UsersRepository,
    LoginFailuresRepository,
    ApiKeysRepository,
    SessionsRepository,
    KeySet,
    TokenService,
    BotTokens,
    PasswordHasher,
    RolesService,
    UsersService,
    AdminPasswordFile,
    LocalSession,
    CallersRepository,
    UserRights,
  ],
})
export class AuthModule {}
