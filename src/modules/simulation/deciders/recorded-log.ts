import { createInterface } from 'node:readline';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { EventRow } from '../eventlog/event-row.js';
import { EVENTS_JSONL } from '../run-files.js';
import { RunStore } from '../run.store.js';
import { RunsService } from '../runs.service.js';
import type { Scenario } from '../scenarios/scenario.schema.js';
import { SimulationError } from '../simulation.errors.js';
import { stagesOf } from '../stages.js';
import { ConductLog } from './conduct-log.js';
import type { Decisions } from './decision.js';
import type { KeptDecisions } from './outside-deciders.js';
import { TurnsRepository } from './turns.repository.js';

/** Reads what people did in completed runs, for others that do it again. */
@Injectable()
export class RecordedLogs {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly turns: TurnsRepository,
    private readonly runs: RunsService,
    private readonly store: RunStore,
  ) {}

  /**
   * Refuses a scenario that replays what cannot be replayed.
   * @throws SimulationError `run_not_found`, `run_not_completed`, `run_file_not_found`, `run_not_replayable`
   */
  async check(scenario: Scenario): Promise<void> {
    for (const id of replayed(scenario)) await this.file(id);
    for (const id of repeated(scenario)) await this.decisions(id);
  }

  /** The logs that a scenario replays, by their runs. @throws as {@link check} */
  async read(scenario: Scenario): Promise<ReadonlyMap<string, ConductLog>> {
    const logs = new Map<string, ConductLog>();
    for (const id of replayed(scenario)) logs.set(id, await this.log(id));
    return logs;
  }

  /** What was decided in the runs whose decisions a scenario repeats. @throws as {@link check} */
  async kept(scenario: Scenario): Promise<KeptDecisions> {
    const kept = new Map<string, ReadonlyMap<number, Decisions>>();
    for (const id of repeated(scenario)) kept.set(id, await this.decisions(id));
    return kept;
  }

  private async decisions(id: string): Promise<ReadonlyMap<number, Decisions>> {
    await this.runs.get(id);
    const found = await this.turns.all(this.dataSource.manager, id);
    if (found.size > 0) return found;
    const message = `run ${id} cannot be repeated: nobody outside has decided in it`;
    throw new SimulationError('conflict', 'run_not_replayable', message, [{ field: 'deciders', message }]);
  }

  private async log(id: string): Promise<ConductLog> {
    const { stream } = await this.store.open(await this.file(id));
    const log = new ConductLog();
    try {
      for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
        log.add(JSON.parse(line) as Partial<EventRow>);
      }
    } finally {
      stream.destroy();
    }
    return log;
  }

  private async file(id: string) {
    const file = await this.runs.file(id, EVENTS_JSONL);
    const run = await this.runs.get(id);
    const refuse = (why: string): never => {
      const message = `run ${id} cannot be replayed: ${why}`;
      throw new SimulationError('conflict', 'run_not_replayable', message, [{ field: 'deciders', message }]);
    };
    if (run.definition.model === 'feedsim') return refuse('its agents are only numbers');
    for (const { definition } of stagesOf(run)) {
      if (!definition.log_exposures) return refuse('its event log has no exposures');
      const forced = definition.interventions.find(
        ({ kind }) => kind === 'seeding' || kind === 'coordination',
      );
      if (forced !== undefined) return refuse(`its people were made to post (${forced.kind})`);
    }
    return file;
  }
}

/** The runs whose people's conduct, or what was decided for them, a scenario takes again. */
export function recordedRuns(scenario: Scenario): string[] {
  return [...new Set([...replayed(scenario), ...repeated(scenario)])];
}

function replayed(scenario: Scenario): string[] {
  if (scenario.model === 'feedsim') return [];
  return [
    ...new Set((scenario.deciders ?? []).flatMap((each) => (each.kind === 'replay' ? [each.run] : []))),
  ];
}

function repeated(scenario: Scenario): string[] {
  if (scenario.model === 'feedsim') return [];
  const runs = (scenario.deciders ?? []).flatMap((each) =>
    'repeats' in each && each.repeats !== undefined ? [each.repeats] : [],
  );
  return [...new Set(runs)];
}
