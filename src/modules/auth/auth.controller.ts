import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../core/http/index.js';
import { TokenInvalidError } from './auth.errors.js';
import { AuthService } from './auth.service.js';
import { LoginDto, TokensDto } from './dto/auth.dto.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  /** Logs in with a username and a password. */
  @Post('login')
  @HttpCode(200)
  @Public()
  login(@Body() body: LoginDto): Promise<TokensDto> {
    return this.auth.login(body.username, body.password);
  }

  /** New tokens for the refresh token in `Authorization: Bearer …`. */
  @Post('refresh')
  @HttpCode(200)
  @Public()
  refresh(@Headers('authorization') authorization?: string): Promise<TokensDto> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new TokenInvalidError('the refresh token is missing');
    return this.auth.refresh(token);
  }
}
