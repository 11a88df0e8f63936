import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { CurrentCaller, PERMISSIONS, Route, type Caller } from '../../../core/http/index.js';
import { PutRoleDto, RoleDto, RoleListDto, RoleParams } from '../dto/role.dto.js';
import { RolesService } from './roles.service.js';

@Controller('roles')
@Route.group('auth')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @Route({
    summary: 'All roles, and all permissions that there are.',
    permission: 'roles:read',
    answers: { 200: RoleListDto },
  })
  async list(): Promise<RoleListDto> {
    const roles = (await this.roles.list()).map((role) => ({ synthetic: true as const, ...role }));
    return { synthetic: true, roles, permissions: [...PERMISSIONS] };
  }

  @Get(':name')
  @Route({ summary: 'A role.', permission: 'roles:read', params: RoleParams, answers: { 200: RoleDto } })
  async get(@Param() { name }: RoleParams): Promise<RoleDto> {
    return { synthetic: true, ...(await this.roles.get(name)) };
  }

  @Put(':name')
  @Route({
    summary: 'Makes a role, or gives it other permissions.',
    description:
      'It holds for those who have it within a second. Nobody gives a permission that is not theirs.',
    permission: 'roles:write',
    params: RoleParams,
    body: PutRoleDto,
    answers: { 200: RoleDto },
  })
  async put(
    @Param() { name }: RoleParams,
    @Body() body: PutRoleDto,
    @CurrentCaller() caller: Caller,
  ): Promise<RoleDto> {
    return { synthetic: true, ...(await this.roles.put({ name, ...body }, caller)) };
  }

  @Delete(':name')
  @Route({
    summary: 'Deletes a role that nobody has.',
    permission: 'roles:write',
    params: RoleParams,
    answers: { 204: null },
  })
  async delete(@Param() { name }: RoleParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.roles.delete(name, caller);
  }
}
