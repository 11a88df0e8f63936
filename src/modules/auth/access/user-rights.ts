import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Permission } from '../../../core/http/index.js';
import { permissionsOf } from '../roles/permissions.js';
import { CallersRepository } from './callers.repository.js';

/** What users may do now, for what goes on in their name long after they asked for it. */
@Injectable()
export class UserRights {
  constructor(private readonly callers: CallersRepository) {}

  /** The permissions of a user's role as they are at this moment; undefined where the user is gone or not active. */
  async of(manager: EntityManager, userId: string): Promise<ReadonlySet<Permission> | undefined> {
    const user = await this.callers.ofId(manager, userId);
    return user && permissionsOf(user.role, user.role_permissions);
  }
}
