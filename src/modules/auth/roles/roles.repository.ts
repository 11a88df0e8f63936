import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ROLES_LOCK } from '../../../core/database/index.js';
import type { CustomRole } from './role.entity.js';

@Injectable()
export class RolesRepository {
  all(manager: EntityManager): Promise<CustomRole[]> {
    return manager.query('SELECT * FROM roles ORDER BY name');
  }

  async find(manager: EntityManager, name: string): Promise<CustomRole | undefined> {
    const [row] = await manager.query<CustomRole[]>('SELECT * FROM roles WHERE name = $1', [name]);
    return row;
  }

  /** Roles stay as they are, and who has them, until the transaction ends. */
  async lock(manager: EntityManager, exclusive: boolean): Promise<void> {
    await manager.query(`SELECT pg_advisory_xact_lock${exclusive ? '' : '_shared'}($1)`, [ROLES_LOCK]);
  }

  async put(
    manager: EntityManager,
    { name, description, permissions }: Pick<CustomRole, 'name' | 'description' | 'permissions'>,
  ): Promise<CustomRole> {
    const [row] = await manager.query<CustomRole[]>(
      `INSERT INTO roles (name, description, permissions) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET description = $2, permissions = $3, updated_at = now() RETURNING *`,
      [name, description, permissions],
    );
    return row as CustomRole;
  }

  async delete(manager: EntityManager, name: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>('DELETE FROM roles WHERE name = $1', [name]);
    return count > 0;
  }
}
