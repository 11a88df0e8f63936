import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people say to the laboratory, and what it answers. */
export class CreateConversations1763880000000 implements MigrationInterface {
  readonly name = 'CreateConversations1763880000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE conversations (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        language text NOT NULL,
        last_sequence bigint NOT NULL DEFAULT 0,
        focus jsonb NOT NULL DEFAULT '[]',
        listed jsonb,
        question jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT conversations_language_check CHECK (language IN ('en', 'es'))
      );
      CREATE INDEX conversations_user_id ON conversations (user_id, updated_at);
      CREATE INDEX conversations_updated_at ON conversations (updated_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON conversations TO azt3knet_app;

      CREATE TABLE conversation_messages (
        conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        sequence bigint NOT NULL,
        type text NOT NULL,
        text text NOT NULL,
        body jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (conversation_id, sequence),
        CONSTRAINT conversation_messages_type_check CHECK (type IN ('said', 'answer', 'part', 'question', 'notice'))
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON conversation_messages TO azt3knet_app;

      CREATE TABLE conversation_watches (
        conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        job_id uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        language text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (conversation_id, job_id)
      );
      CREATE INDEX conversation_watches_job_id ON conversation_watches (job_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON conversation_watches TO azt3knet_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE conversation_watches, conversation_messages, conversations');
  }
}
