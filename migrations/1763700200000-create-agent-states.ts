import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAgentStates1763700200000 implements MigrationInterface {
  readonly name = 'CreateAgentStates1763700200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agent_states (
        agent_id uuid NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
        version integer NOT NULL CHECK (version > 0),
        state jsonb NOT NULL CHECK (jsonb_typeof(state) = 'object'),
        author text NOT NULL,
        run_id uuid REFERENCES runs (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (agent_id, version)
      );
      CREATE INDEX agent_states_run ON agent_states (run_id) WHERE run_id IS NOT NULL;
      GRANT SELECT, INSERT, DELETE ON agent_states TO azt3knet_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE agent_states');
  }
}
