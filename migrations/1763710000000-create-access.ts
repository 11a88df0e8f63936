import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions, keys, roles and the key set that signs tokens; users of both kinds. */
export class CreateAccess1763710000000 implements MigrationInterface {
  readonly name = 'CreateAccess1763710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        DROP CONSTRAINT users_role_check,
        ALTER COLUMN password_hash DROP NOT NULL,
        ADD COLUMN kind text NOT NULL DEFAULT 'person',
        ADD COLUMN must_change_password boolean NOT NULL DEFAULT false,
        ADD COLUMN password_changed_at timestamptz,
        ADD COLUMN last_login_at timestamptz,
        ADD COLUMN totp_secret text,
        ADD COLUMN totp_confirmed_at timestamptz,
        ADD COLUMN totp_step bigint,
        ADD CONSTRAINT users_kind_check CHECK (kind IN ('person', 'service'));
      CREATE INDEX users_created_at ON users (created_at);

      CREATE TABLE roles (
        name text PRIMARY KEY,
        description text NOT NULL,
        permissions text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        refresh_id uuid NOT NULL,
        address text,
        user_agent text,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoked_for text
      );
      CREATE INDEX sessions_user_id ON sessions (user_id, created_at);
      CREATE INDEX sessions_expires_at ON sessions (expires_at);

      CREATE TABLE api_keys (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind text NOT NULL,
        name text NOT NULL,
        prefix text NOT NULL,
        hash text NOT NULL,
        scopes text[],
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        CONSTRAINT api_keys_kind_check CHECK (kind IN ('key', 'client_secret'))
      );
      CREATE UNIQUE INDEX api_keys_prefix ON api_keys (prefix);
      CREATE INDEX api_keys_user_id ON api_keys (user_id, created_at);

      CREATE TABLE signing_keys (
        kid text PRIMARY KEY,
        algorithm text NOT NULL,
        public_jwk jsonb NOT NULL,
        private_key text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        retired_at timestamptz,
        revoked_at timestamptz
      );

      CREATE TABLE login_failures (
        subject text PRIMARY KEY,
        failures integer NOT NULL,
        failed_at timestamptz NOT NULL,
        blocked_until timestamptz
      );
      CREATE INDEX login_failures_failed_at ON login_failures (failed_at);

      GRANT SELECT, INSERT, UPDATE, DELETE ON roles, sessions, api_keys, signing_keys, login_failures TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // Service accounts and custom roles mean nothing to what is older: nobody may act by them.
    await runner.query(`
      DROP TABLE login_failures, signing_keys, api_keys, sessions, roles;
      UPDATE users SET active = false, password_hash = coalesce(password_hash, '!'), role = 'user'
        WHERE kind = 'service' OR password_hash IS NULL OR role NOT IN ('admin', 'operator', 'viewer', 'user');
      DROP INDEX users_created_at;
      ALTER TABLE users
        DROP CONSTRAINT users_kind_check,
        DROP COLUMN kind,
        DROP COLUMN must_change_password,
        DROP COLUMN password_changed_at,
        DROP COLUMN last_login_at,
        DROP COLUMN totp_secret,
        DROP COLUMN totp_confirmed_at,
        DROP COLUMN totp_step,
        ALTER COLUMN password_hash SET NOT NULL,
        ADD CONSTRAINT users_role_check CHECK (role IN ('admin', 'operator', 'viewer', 'user'));
    `);
  }
}
