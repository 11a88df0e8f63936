import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CLAIM } from './1763840000000-add-job-leases.js';

const AS_FOUND = [`lease_token = nextval('job_lease_tokens'),`, 'WHERE id = ANY (taken) RETURNING'] as const;
const IN_TURN = [
  'lease_token = next.token,',
  `FROM (SELECT id, nextval('job_lease_tokens') AS token FROM unnest(taken) AS id OFFSET 0) AS next
      WHERE jobs.id = next.id RETURNING`,
] as const;

/** Jobs of one claim get their lease tokens, by which they begin, in their turns, and not as their rows are found. */
export class ClaimInTurn1763914001000 implements MigrationInterface {
  readonly name = 'ClaimInTurn1763914001000';

  async up(runner: QueryRunner): Promise<void> {
    let claim = CLAIM.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION');
    for (const [index, part] of AS_FOUND.entries()) claim = claim.replace(part, String(IN_TURN[index]));
    await runner.query(claim);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(CLAIM.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
  }
}
