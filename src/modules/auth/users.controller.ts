import { Controller, Get } from '@nestjs/common';
import { CurrentCaller, PERMISSIONS, Route, type Caller } from '../../core/http/index.js';
import { CurrentUserDto } from './dto/current-user.dto.js';
import { isAllowed, type Role } from './permissions.js';

@Controller('users')
@Route.group('auth')
export class UsersController {
  @Get('me')
  @Route({
    summary: 'Who calls, and what they may do.',
    permission: 'any',
    answers: { 200: CurrentUserDto },
  })
  me(@CurrentCaller() caller: Caller): CurrentUserDto {
    const role = caller.role as Role;
    const permissions = PERMISSIONS.filter((permission) => isAllowed(role, permission));
    return { synthetic: true, id: caller.id, username: caller.username, role, permissions };
  }
}
