import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { PERMISSIONS, type Caller, type Permission } from '../../../core/http/index.js';
import { AccountError, PermissionBeyondError } from '../auth.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { BUILT_IN_ROLES, isBuiltIn, permissionsOf } from './permissions.js';
import { RolesRepository } from './roles.repository.js';

/** A role, built-in or custom. */
export interface Role {
  name: string;
  description: string;
  built_in: boolean;
  permissions: Permission[];
}

/** Roles: those that every installation has, and those that this one made. */
@Injectable()
export class RolesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: RolesRepository,
    private readonly users: UsersRepository,
    private readonly audit: AuditService,
  ) {}

  async list(manager: EntityManager = this.dataSource.manager): Promise<Role[]> {
    const builtIn = Object.entries(BUILT_IN_ROLES).map(([name, description]) =>
      roleOf(name, description, null),
    );
    const custom = await this.repository.all(manager);
    return [...builtIn, ...custom.map((role) => roleOf(role.name, role.description, role.permissions))];
  }

  /** @throws AccountError `role_not_found` */
  async get(name: string): Promise<Role> {
    const role = (await this.list()).find((each) => each.name === name);
    if (role === undefined) throw AccountError.notFound('role', name);
    return role;
  }

  /** Takes care that a role that somebody is to have is there, and stays until the transaction ends. @throws AccountError */
  async require(manager: EntityManager, name: string): Promise<void> {
    await this.repository.lock(manager, false);
    if (isBuiltIn(name) || (await this.repository.find(manager, name)) !== undefined) return;
    const names = (await this.list(manager)).map((role) => role.name).join(', ');
    throw AccountError.field('role_unknown', 'role', `must be one of ${names}`);
  }

  /**
   * Takes care that nobody acts on who may do more: gives a role, or changes an account, beyond their own permissions.
   * @throws PermissionBeyondError
   */
  async requireWithin(manager: EntityManager, caller: Caller, role: string): Promise<void> {
    const held = await this.permissionsOf(manager, role);
    const beyond = [...held].filter((permission) => !caller.permissions.has(permission));
    if (beyond.length > 0) throw new PermissionBeyondError(role, beyond);
  }

  /** Those of the permissions that a role does not have. */
  async beyond(
    manager: EntityManager,
    role: string,
    permissions: readonly Permission[],
  ): Promise<Permission[]> {
    const held = await this.permissionsOf(manager, role);
    return permissions.filter((permission) => !held.has(permission));
  }

  /**
   * Makes a role or changes it; those who have it may do the new within a second. Nobody gives, or takes, what they do not have.
   * @throws AccountError `role_built_in`, `permissions_beyond`; PermissionBeyondError
   */
  async put({ name, description, permissions }: Omit<Role, 'built_in'>, caller: Caller): Promise<Role> {
    if (isBuiltIn(name)) throw AccountError.builtIn(name);
    const beyond = permissions.filter((permission) => !caller.permissions.has(permission));
    if (beyond.length > 0)
      throw AccountError.field(
        'permissions_beyond',
        'permissions',
        `must be yours to give; not ${beyond.join(', ')}`,
      );
    const sorted = PERMISSIONS.filter((permission) => permissions.includes(permission));
    return this.dataSource.transaction(async (manager) => {
      await this.repository.lock(manager, true);
      await this.requireWithin(manager, caller, name);
      const role = await this.repository.put(manager, { name, description, permissions: sorted });
      await this.audit.append(manager, {
        actor: caller.username,
        action: 'role.put',
        subject: { type: 'role', id: name },
        data: { permissions: sorted },
      });
      return roleOf(role.name, role.description, role.permissions);
    });
  }

  /** @throws AccountError `role_not_found`, `role_built_in`, `role_in_use`; PermissionBeyondError */
  async delete(name: string, caller: Caller): Promise<void> {
    if (isBuiltIn(name)) throw AccountError.builtIn(name);
    await this.dataSource.transaction(async (manager) => {
      await this.repository.lock(manager, true);
      await this.requireWithin(manager, caller, name);
      const holders = await this.users.countOfRole(manager, name);
      if (holders > 0) throw AccountError.inUse(name, holders);
      if (!(await this.repository.delete(manager, name))) throw AccountError.notFound('role', name);
      await this.audit.append(manager, {
        actor: caller.username,
        action: 'role.delete',
        subject: { type: 'role', id: name },
        data: {},
      });
    });
  }

  /** What a role may do now. */
  async permissionsOf(manager: EntityManager, role: string): Promise<ReadonlySet<Permission>> {
    if (isBuiltIn(role)) return permissionsOf(role, null);
    return permissionsOf(role, (await this.repository.find(manager, role))?.permissions ?? []);
  }
}

function roleOf(name: string, description: string, custom: readonly string[] | null): Role {
  return { name, description, built_in: custom === null, permissions: [...permissionsOf(name, custom)] };
}
