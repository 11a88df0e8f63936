import { Body, Controller, Headers, Post } from '@nestjs/common';
import { Route } from '../../core/http/index.js';
import { TokenInvalidError } from './auth.errors.js';
import { AuthService } from './auth.service.js';
import { LoginDto, TokensDto } from './dto/auth.dto.js';

@Controller('auth')
@Route.group('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @Route({
    summary: 'Logs in with a username and a password.',
    permission: 'public',
    isLogin: true,
    body: LoginDto,
    answers: { 200: TokensDto },
  })
  login(@Body() body: LoginDto): Promise<TokensDto> {
    return this.auth.login(body.username, body.password);
  }

  @Post('refresh')
  @Route({
    summary: 'New tokens for the refresh token in `Authorization: Bearer …`.',
    permission: 'public',
    answers: { 200: TokensDto },
  })
  refresh(@Headers('authorization') authorization?: string): Promise<TokensDto> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new TokenInvalidError('the refresh token is missing');
    return this.auth.refresh(token);
  }
}
