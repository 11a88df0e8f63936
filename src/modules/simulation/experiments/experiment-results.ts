import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { analyse, type Analysis, type RunOutcomes } from './analysis.js';
import { deviationsOf } from './deviations.js';
import {
  ExperimentsRepository,
  type ExperimentRunState,
  type ExperimentState,
  hasEnded,
} from './experiments.repository.js';
import { ExperimentsService } from './experiments.service.js';
import { SimulationError } from '../simulation.errors.js';
import { valueAtEnd, valueOverTicks } from './outcomes.js';

/** A run of an experiment with what it came to. */
export type ExperimentResultRun = RunOutcomes & Pick<ExperimentRunState, 'run_id' | 'status' | 'checksum'>;

/** An outcome tick by tick, as the mean of an arm’s runs. */
export interface Curve {
  readonly outcome: string;
  readonly from: number;
  readonly arms: readonly { readonly arm: string; readonly means: readonly (number | null)[] }[];
}

/** What an experiment found, and what it rests on. */
export interface ExperimentResults {
  readonly experiment: ExperimentState;
  readonly runs: readonly ExperimentResultRun[];
  readonly analysis: Analysis;
  readonly curves: readonly Curve[];
  /** In which ways it is not what was registered, in sentences. */
  readonly deviations: readonly string[];
}

/** Analyses that are kept at hand: that of a large experiment takes seconds, and everybody may ask for it. */
const AT_HAND = 16;

/** Works out what finished experiments found: the same runs give the same results. */
@Injectable()
export class ExperimentResultsService {
  /** By what they rest on, the one that was asked for last at the end. */
  private readonly analyses = new Map<string, Promise<Analysis>>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly experiments: ExperimentsService,
    private readonly repository: ExperimentsRepository,
  ) {}

  /**
   * The results of an experiment that nothing works on. One that is not complete is counted as looked at.
   * @throws SimulationError `experiment_not_found`, `experiment_not_finished`
   */
  async of(id: string): Promise<ExperimentResults> {
    const { manager } = this.dataSource;
    const { status } = await this.experiments.get(id);
    if (!hasEnded(status)) {
      const message = `experiment ${id} is ${status}; it has results when no run is left to do`;
      throw new SimulationError('conflict', 'experiment_not_finished', message);
    }
    if (status !== 'completed') await this.repository.noteLook(manager, id);
    const experiment = await this.experiments.get(id);
    const states = await this.repository.runs(manager, id);
    const { runs, curves } = await this.valuesOf(experiment, states);
    const analysis = await this.analysed(experiment, runs);
    const earlier = await this.repository.earlier(manager, experiment);
    const deleted = await this.repository.deleted(manager, experiment);
    return {
      experiment,
      runs,
      curves,
      analysis,
      deviations: deviationsOf(experiment, runs, analysis, earlier, deleted),
    };
  }

  /** Worked out once, however many ask. */
  private analysed(
    { definition, digest }: ExperimentState,
    runs: readonly ExperimentResultRun[],
  ): Promise<Analysis> {
    const key = createHash('sha256')
      .update(JSON.stringify([digest, runs]))
      .digest('hex');
    const analysis = this.analyses.get(key) ?? analyse(definition, digest, runs);
    this.analyses.delete(key);
    this.analyses.set(key, analysis);
    analysis.catch(() => this.analyses.delete(key));
    for (const oldest of this.analyses.keys()) {
      if (this.analyses.size <= AT_HAND) break;
      this.analyses.delete(oldest);
    }
    return analysis;
  }

  private async valuesOf(
    experiment: ExperimentState,
    states: readonly ExperimentRunState[],
  ): Promise<{ runs: ExperimentResultRun[]; curves: Curve[] }> {
    const values = states.map((): Record<string, number | null> => ({}));
    const curves: Curve[] = [];
    for (const outcome of experiment.definition.outcomes) {
      const { name } = outcome;
      if (outcome.at !== 'ticks') {
        for (const [row, state] of states.entries())
          (values[row] as object as Record<string, unknown>)[name] = valueAtEnd(state, outcome.measure);
        continue;
      }
      const range = [outcome.from, outcome.to ?? experiment.ticks] as const;
      const ticks = await this.repository.tickValues(
        this.dataSource.manager,
        experiment.id,
        outcome.measure,
        range,
      );
      const of = ({ run_id, status }: ExperimentRunState): (number | null)[] =>
        status === 'completed' ? (ticks.get(run_id ?? '') ?? []) : [];
      for (const [row, state] of states.entries())
        (values[row] as Record<string, number | null>)[name] = valueOverTicks(of(state), outcome.statistic);
      const arms = experiment.arms.map(({ name: arm }) => ({
        arm,
        means: meansOf(states.filter((state) => state.arm === arm).map(of)),
      }));
      curves.push({ outcome: name, from: outcome.from, arms });
    }
    const runs = states.map(({ arm, seed, run_id, status, checksum }, row) => {
      return { arm, seed, run_id, status, checksum, values: values[row] ?? {} };
    });
    return { runs, curves };
  }
}

function meansOf(rows: readonly (readonly (number | null)[])[]): (number | null)[] {
  const length = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return Array.from({ length }, (_, tick) => {
    const known = rows.map((row) => row[tick] ?? null).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}
