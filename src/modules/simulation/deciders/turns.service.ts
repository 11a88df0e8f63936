import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import canonicalize from 'canonicalize';
import { DataSource, type EntityManager } from 'typeorm';
import type { FieldIssue } from '../../../core/errors/index.js';
import { JobsService } from '../../jobs/index.js';
import { RunsRepository, type RunWithStatus } from '../runs.repository.js';
import { SimulationError } from '../simulation.errors.js';
import type { Decisions, KeptDecision } from './decision.js';
import { type GivenDecision, judgeDecision } from './decision.rules.js';
import type { Offer } from './offers.rules.js';
import type { RunTurn } from './run-turn.entity.js';
import { TurnsRepository } from './turns.repository.js';

/** The most places of a request that it is told of. */
const MOST_ISSUES = 50;

/** A tick that is waited for. */
export interface OpenTurn {
  readonly run: RunWithStatus;
  readonly turn: RunTurn;
  readonly offers: readonly Offer[];
}

/** What became of decisions that were handed in. */
export interface HandedIn {
  readonly accepted: number;
  /** Decisions that were there already, the same. */
  readonly repeated: number;
  /** Agents for whom nobody has decided yet. */
  readonly missing: number;
}

/** What those who decide outside ask and hand in. */
@Injectable()
export class TurnsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly runs: RunsRepository,
    private readonly repository: TurnsRepository,
    private readonly jobs: JobsService,
  ) {}

  /** The tick that a run waits for. @throws SimulationError `run_not_found`, `run_not_waiting` */
  async current(runId: string): Promise<OpenTurn> {
    return this.open(this.dataSource.manager, runId);
  }

  /**
   * Takes decisions for agents in the tick that is waited for: all, or none where anything is wrong with one. Handing in the same again
   * changes nothing.
   * @throws SimulationError `run_not_found`, `run_not_waiting`, `tick_past`, `tick_not_open`, `decision_invalid`, `decision_taken`
   */
  async handIn(runId: string, tick: number, given: readonly GivenDecision[]): Promise<HandedIn> {
    return this.dataSource.transaction(async (manager) => {
      const settled = await this.repository.settled(manager, runId, tick);
      if (settled !== undefined) return repeated(settled, tick, given);
      const { run, turn, offers } = await this.open(manager, runId, tick);
      const fresh = judgeAll(turn, offers, given);
      const accepted = Object.keys(fresh).length;
      if (accepted > 0) await this.repository.add(manager, turn, fresh);
      const missing = turn.asked - Object.keys({ ...turn.decisions, ...fresh }).length;
      if (missing === 0) await this.jobs.wake(manager, run.job_id);
      return { accepted, repeated: given.length - accepted, missing };
    });
  }

  /** @param tick that must be the one waited for; its turn is locked then */
  private async open(manager: EntityManager, runId: string, tick?: number): Promise<OpenTurn> {
    const turn = await this.repository.current(manager, runId, tick !== undefined);
    const run = await this.runs.find(manager, runId);
    if (run === undefined)
      throw new SimulationError('not_found', 'run_not_found', `there is no run ${runId}`);
    if (turn === undefined || run.status !== 'waiting') {
      const settled = tick === undefined ? undefined : await this.repository.settled(manager, runId, tick);
      if (settled !== undefined && tick !== undefined) throw past(tick);
      const message = `run ${runId} is ${run.status} and waits for no decisions`;
      throw new SimulationError('conflict', 'run_not_waiting', message);
    }
    if (tick !== undefined && tick !== turn.tick) {
      if (tick < turn.tick) throw past(tick, turn.tick);
      const message = `is not open yet: the run waits for tick ${turn.tick}`;
      throw new SimulationError('conflict', 'tick_not_open', `tick ${tick} ${message}`, [
        { field: 'tick', message },
      ]);
    }
    return { run, turn, offers: turn.offers ?? [] };
  }
}

/** Decisions of a tick that is settled, where they are those that were taken then. @throws SimulationError `tick_past` */
function repeated(settled: Decisions, tick: number, given: readonly GivenDecision[]): HandedIn {
  if (given.some((each) => settled[each.agent_id]?.given !== digestOf(each))) throw past(tick);
  return { accepted: 0, repeated: given.length, missing: 0 };
}

/** What is new of what was given. @throws SimulationError `decision_invalid`, `decision_taken` */
function judgeAll(
  { decisions }: RunTurn,
  offers: readonly Offer[],
  given: readonly GivenDecision[],
): Record<string, KeptDecision> {
  const offered = new Map(offers.map((offer) => [offer.agent_id, offer]));
  const fresh: Record<string, KeptDecision> = {};
  const issues: FieldIssue[] = [];
  const taken: FieldIssue[] = [];
  for (const [place, each] of given.entries()) {
    const at = `decisions[${place}]`;
    const field = `${at}.agent_id`;
    const offer = offered.get(each.agent_id);
    const digest = digestOf(each);
    const before = decisions[each.agent_id];
    if (offer === undefined) {
      issues.push({ field, message: 'is no agent that is decided for in this tick' });
    } else if (fresh[each.agent_id] !== undefined) {
      issues.push({ field, message: 'is decided for twice' });
    } else if (before !== undefined) {
      if (before.given !== digest) taken.push({ field, message: 'has been decided for already' });
    } else {
      const judged = judgeDecision(offer, each, at);
      if ('issues' in judged) issues.push(...judged.issues);
      else fresh[each.agent_id] = { ...judged.decision, origin: 'decided', given: digest };
    }
  }
  if (issues.length > 0) throw refusal('invalid', 'decision_invalid', issues);
  if (taken.length > 0) throw refusal('conflict', 'decision_taken', taken);
  return fresh;
}

function refusal(
  kind: 'invalid' | 'conflict',
  code: 'decision_invalid' | 'decision_taken',
  issues: readonly FieldIssue[],
): SimulationError {
  const [first] = issues as [FieldIssue];
  return new SimulationError(kind, code, `${first.field} ${first.message}`, issues.slice(0, MOST_ISSUES));
}

function past(tick: number, open?: number): SimulationError {
  const message = `is past${open === undefined ? '' : `: the run waits for tick ${open}`}; what was decided then is settled`;
  return new SimulationError('conflict', 'tick_past', `tick ${tick} ${message}`, [
    { field: 'tick', message },
  ]);
}

function digestOf({ does, leaves = false, acts = [] }: GivenDecision): string {
  return createHash('sha256')
    .update(canonicalize({ does, leaves, acts }) as string)
    .digest('hex')
    .slice(0, 32);
}
