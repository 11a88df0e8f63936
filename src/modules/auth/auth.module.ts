import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthService } from './auth.service.js';
import { LocalSession } from './local-session.js';
import { TokenService } from './token.service.js';
import { User } from './user.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([User]), JwtModule.register({})],
  providers: [TokenService, AuthService, LocalSession],
  exports: [TokenService, AuthService, LocalSession],
})
export class AuthModule {}
