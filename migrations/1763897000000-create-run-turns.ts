import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ticks of runs in which somebody outside decides: what is asked, and what was decided. */
export class CreateRunTurns1763897000000 implements MigrationInterface {
  readonly name = 'CreateRunTurns1763897000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE run_turns (
        run_id uuid NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        tick integer NOT NULL,
        offers jsonb,
        asked integer NOT NULL,
        decisions jsonb NOT NULL DEFAULT '{}',
        models jsonb NOT NULL DEFAULT '[]',
        due_at timestamptz,
        opened_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz,
        PRIMARY KEY (run_id, tick),
        CONSTRAINT run_turns_ticks_check CHECK (tick >= 0),
        CONSTRAINT run_turns_asked_check CHECK (asked >= 0)
      );
      CREATE UNIQUE INDEX run_turns_open ON run_turns (run_id) WHERE settled_at IS NULL;
      GRANT SELECT, INSERT, UPDATE, DELETE ON run_turns TO azt3knet_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE run_turns');
  }
}
