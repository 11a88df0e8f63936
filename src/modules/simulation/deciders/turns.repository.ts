import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DecisionCount } from './deciders-report.js';
import type { Decisions } from './decision.js';
import type { Modelled, ModelTurn } from './model-turn.js';
import type { Offer } from './offers.rules.js';
import { RunTurn } from './run-turn.entity.js';

/** How far an open turn is. */
export interface TurnState {
  readonly missing: number;
  readonly due_at: Date;
  /** Whether its deadline is past, by the clock of the database. */
  readonly due: boolean;
}

/** A turn that is to be opened. */
export interface NewTurn {
  readonly run_id: string;
  readonly tick: number;
  /** For those who are waited for. */
  readonly offers: readonly Offer[];
  /** Until its deadline. */
  readonly seconds: number;
  /** What language models decided in it. */
  readonly modelled: Modelled;
}

@Injectable()
export class TurnsRepository {
  /** What was decided in a tick; nothing where it is not settled. */
  async settled(manager: EntityManager, runId: string, tick: number): Promise<Decisions | undefined> {
    const [row] = await manager.query<Pick<RunTurn, 'decisions'>[]>(
      'SELECT decisions FROM run_turns WHERE run_id = $1 AND tick = $2 AND settled_at IS NOT NULL',
      [runId, tick],
    );
    return row?.decisions;
  }

  /** What was decided in the ticks of a run. */
  async all(manager: EntityManager, runId: string): Promise<ReadonlyMap<number, Decisions>> {
    const rows = await manager.query<Pick<RunTurn, 'tick' | 'decisions'>[]>(
      'SELECT tick, decisions FROM run_turns WHERE run_id = $1 AND settled_at IS NOT NULL ORDER BY tick',
      [runId],
    );
    return new Map(rows.map(({ tick, decisions }) => [tick, decisions]));
  }

  /**
   * Opens a turn for those who are waited for, or opens it again: what was decided stays.
   * @returns whether decisions were not waited for before
   */
  async open(manager: EntityManager, turn: NewTurn): Promise<boolean> {
    const { run_id, tick, offers, seconds, modelled } = turn;
    const [row] = await manager.query<{ fresh: boolean }[]>(
      `WITH before AS (SELECT due_at FROM run_turns WHERE run_id = $1 AND tick = $2 FOR UPDATE)
       INSERT INTO run_turns (run_id, tick, offers, asked, due_at, decisions, models)
       VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5), $6, $7)
       ON CONFLICT (run_id, tick) DO UPDATE SET due_at = COALESCE(run_turns.due_at, EXCLUDED.due_at)
       RETURNING NOT EXISTS (SELECT FROM before WHERE due_at IS NOT NULL) AS fresh`,
      [
        run_id,
        tick,
        JSON.stringify(offers),
        offers.length + Object.keys(modelled.decisions).length,
        seconds,
        JSON.stringify(modelled.decisions),
        JSON.stringify(modelled.turns),
      ],
    );
    return row?.fresh ?? false;
  }

  /** Whether a tick was opened, settled or not. */
  async isThere(manager: EntityManager, runId: string, tick: number): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM run_turns WHERE run_id = $1 AND tick = $2', [
      runId,
      tick,
    ]);
    return rows.length > 0;
  }

  /** What language models were asked in the ticks of a run before one, in their order. */
  async models(manager: EntityManager, runId: string, before: number): Promise<ModelTurn[]> {
    const rows = await manager.query<Pick<RunTurn, 'models'>[]>(
      `SELECT models FROM run_turns WHERE run_id = $1 AND tick < $2 AND models <> '[]' ORDER BY tick`,
      [runId, before],
    );
    return rows.flatMap(({ models }) => models);
  }

  /** How far an open turn is; nothing where it is settled, or nobody is waited for. */
  async state(manager: EntityManager, runId: string, tick: number): Promise<TurnState | undefined> {
    const [row] = await manager.query<TurnState[]>(
      `SELECT asked - (SELECT count(*)::int FROM jsonb_object_keys(decisions)) AS missing, due_at,
         due_at <= clock_timestamp() AS due
       FROM run_turns WHERE run_id = $1 AND tick = $2 AND settled_at IS NULL AND due_at IS NOT NULL`,
      [runId, tick],
    );
    return row;
  }

  /** The open turn of a run. @param lock keeps it as it is until the transaction ends */
  async current(manager: EntityManager, runId: string, lock = false): Promise<RunTurn | undefined> {
    const [row] = await manager.query<RunTurn[]>(
      `SELECT * FROM run_turns WHERE run_id = $1 AND settled_at IS NULL AND due_at IS NOT NULL ${lock ? 'FOR UPDATE' : ''}`,
      [runId],
    );
    return row;
  }

  /** Keeps decisions of an open turn beside those that are there. */
  async add(manager: EntityManager, { run_id, tick }: RunTurn, decisions: Decisions): Promise<void> {
    await manager.query(
      'UPDATE run_turns SET decisions = decisions || $3::jsonb WHERE run_id = $1 AND tick = $2',
      [run_id, tick, JSON.stringify(decisions)],
    );
  }

  /** Writes what a turn comes to; one that is settled stays as it is. @param models what they were asked, where it is not opened */
  async settle(
    manager: EntityManager,
    runId: string,
    tick: number,
    decisions: Decisions,
    models: readonly ModelTurn[],
  ): Promise<void> {
    await manager.query(
      `INSERT INTO run_turns (run_id, tick, asked, decisions, models, settled_at)
       VALUES ($1, $2, $3, $4, $5, clock_timestamp())
       ON CONFLICT (run_id, tick) DO UPDATE SET decisions = EXCLUDED.decisions, offers = NULL, due_at = NULL,
         settled_at = EXCLUDED.settled_at
       WHERE run_turns.settled_at IS NULL`,
      [runId, tick, Object.keys(decisions).length, JSON.stringify(decisions), JSON.stringify(models)],
    );
  }

  /** The run is stopped: what it waits for is waited for anew when it goes on. */
  async suspend(manager: EntityManager, runId: string): Promise<void> {
    await manager.query('UPDATE run_turns SET due_at = NULL WHERE run_id = $1 AND settled_at IS NULL', [
      runId,
    ]);
  }

  /** Gives a run what another decided before a tick. */
  async copy(manager: EntityManager, from: string, to: string, before: number): Promise<void> {
    await manager.query(
      `INSERT INTO run_turns (run_id, tick, asked, decisions, models, opened_at, settled_at)
       SELECT $2, tick, asked, decisions, models, opened_at, settled_at FROM run_turns
       WHERE run_id = $1 AND tick < $3 AND settled_at IS NOT NULL`,
      [from, to, before],
    );
  }

  /** How often something was decided for each agent of a run, by how it came about. */
  counts(manager: EntityManager, runId: string): Promise<DecisionCount[]> {
    return manager.query<DecisionCount[]>(
      `SELECT decided.key AS agent, decided.value ->> 'origin' AS origin, count(*)::int AS decisions
       FROM run_turns, jsonb_each(decisions) AS decided WHERE run_id = $1 AND settled_at IS NOT NULL
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [runId],
    );
  }

  /** How many ticks of a run were settled, up to one. */
  async settledBefore(manager: EntityManager, runId: string, tick: number): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM run_turns WHERE run_id = $1 AND tick < $2 AND settled_at IS NOT NULL',
      [runId, tick],
    );
    return row?.count ?? 0;
  }
}
