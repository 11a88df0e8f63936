import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RunCheckpoint } from './run-checkpoint.entity.js';

/** TypeORM answers a DELETE … RETURNING with the rows and their number. */
type Deleted = [{ blob_key: string }[], number];

/** A part of a checkpoint that is in the storage. */
export type NewCheckpointPart = Omit<RunCheckpoint, 'pinned' | 'bytes' | 'created_at'> & { bytes: number };

@Injectable()
export class CheckpointsRepository {
  /** Writes the parts of a checkpoint, in place of one of the same tick. @returns the keys of what they take the place of */
  async put(manager: EntityManager, parts: readonly NewCheckpointPart[]): Promise<string[]> {
    const [first] = parts as [NewCheckpointPart];
    const replaced = await this.deleted(manager, 'run_id = $1 AND tick = $2 AND NOT pinned', [
      first.run_id,
      first.tick,
    ]);
    const inserted = await manager.query<{ blob_key: string }[]>(
      `INSERT INTO run_checkpoints (run_id, tick, part, from_tick, bytes, sha256, blob_key)
       SELECT given.* FROM jsonb_to_recordset($1::jsonb) AS given (run_id uuid, tick integer, part text, from_tick integer,
         bytes bigint, sha256 text, blob_key text)
       ON CONFLICT DO NOTHING RETURNING blob_key`,
      [JSON.stringify(parts)],
    );
    // What was pinned stays; the same was put again.
    const kept = new Set(inserted.map(({ blob_key }) => blob_key));
    return [...replaced, ...parts.map(({ blob_key }) => blob_key).filter((key) => !kept.has(key))];
  }

  /** The states of a run up to a tick, the latest first. */
  states(manager: EntityManager, runId: string, through: number): Promise<RunCheckpoint[]> {
    return manager.query<RunCheckpoint[]>(
      `SELECT * FROM run_checkpoints WHERE run_id = $1 AND part = 'state' AND tick <= $2 ORDER BY tick DESC`,
      [runId, through],
    );
  }

  /** The events of a run by the tick that they lead to. */
  async events(manager: EntityManager, runId: string): Promise<Map<number, RunCheckpoint>> {
    const rows = await manager.query<RunCheckpoint[]>(
      `SELECT * FROM run_checkpoints WHERE run_id = $1 AND part = 'events'`,
      [runId],
    );
    return new Map(rows.map((row) => [row.tick, row]));
  }

  /** Keeps the latest checkpoint up to a tick as long as the run. */
  async pin(manager: EntityManager, runId: string, through: number): Promise<void> {
    await manager.query(
      `UPDATE run_checkpoints SET pinned = true WHERE run_id = $1 AND tick = (
         SELECT max(tick) FROM run_checkpoints WHERE run_id = $1 AND part = 'state' AND tick <= $2)`,
      [runId, through],
    );
  }

  /** Deletes all but the latest states and those that are pinned. @returns the keys of their objects */
  prune(manager: EntityManager, runId: string, keep: number): Promise<string[]> {
    return this.deleted(
      manager,
      `run_id = $1 AND part = 'state' AND NOT pinned AND tick NOT IN (
         SELECT tick FROM run_checkpoints WHERE run_id = $1 AND part = 'state' ORDER BY tick DESC LIMIT $2)`,
      [runId, keep],
    );
  }

  /** Deletes what comes after a tick. @returns the keys of the objects */
  after(manager: EntityManager, runId: string, tick: number): Promise<string[]> {
    return this.deleted(manager, 'run_id = $1 AND tick > $2', [runId, tick]);
  }

  /** Deletes all but the pinned states and the events that lead to them. @returns the keys of the objects */
  finish(manager: EntityManager, runId: string): Promise<string[]> {
    return this.deleted(
      manager,
      `run_id = $1 AND NOT pinned AND (part = 'state' OR tick > COALESCE((
         SELECT max(tick) FROM run_checkpoints WHERE run_id = $1 AND pinned), 0))`,
      [runId],
    );
  }

  /** Deletes all of some runs. @returns the keys of the objects */
  clear(manager: EntityManager, runIds: readonly string[]): Promise<string[]> {
    return this.deleted(manager, 'run_id = ANY($1::uuid[])', [runIds]);
  }

  /** Whether a run whose job stops is to go on later: it was paused, or the process ends. */
  async goesOnLater(manager: EntityManager, runId: string): Promise<boolean> {
    const [row] = await manager.query<{ later: boolean }[]>(
      `SELECT runs.paused_at IS NOT NULL OR jobs.cancel_requested_at IS NULL AS later
       FROM runs JOIN jobs ON jobs.id = runs.job_id WHERE runs.id = $1`,
      [runId],
    );
    return row?.later ?? false;
  }

  private async deleted(manager: EntityManager, condition: string, values: unknown[]): Promise<string[]> {
    const [rows] = await manager.query<Deleted>(
      `DELETE FROM run_checkpoints WHERE ${condition} RETURNING blob_key`,
      values,
    );
    return rows.map(({ blob_key }) => blob_key);
  }
}
