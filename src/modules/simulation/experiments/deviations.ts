import canonicalize from 'canonicalize';
import { plural } from '../../../core/words.js';
import type { Analysis, RunOutcomes } from './analysis.js';
import type { Experiment, ExperimentDeletion } from './experiment.entity.js';
import type { ExperimentFile } from './experiment.schema.js';
import type { RunStatus } from '../runs.repository.js';

/**
 * In which ways an experiment is not what was registered, one sentence each.
 * @param earlier registrations of the same name
 * @param deleted those of them that are there no more
 */
export function deviationsOf(
  experiment: Experiment,
  runs: readonly (RunOutcomes & { status: RunStatus | null })[],
  analysis: Analysis,
  earlier: readonly Experiment[],
  deleted: readonly ExperimentDeletion[],
): string[] {
  return [
    ...missingRuns(experiment, runs),
    ...missingPairs(experiment, runs, analysis),
    ...looks(experiment),
    ...earlier.map((before) => amended(before, experiment)),
    ...deleted.map(removed),
  ];
}

function missingRuns(
  { arms }: Experiment,
  runs: readonly { arm: string; seed: string; status: RunStatus | null }[],
): string[] {
  return arms.flatMap(({ name }) => {
    const missing = runs.filter(({ arm, status }) => arm === name && status !== 'completed');
    if (missing.length === 0) return [];
    const kinds = [...new Set(missing.map(({ status }) => status ?? 'never started or deleted'))].join(', ');
    return [
      `${plural(missing.length, 'run')} of ${name} of ${runs.length / arms.length} registered are missing (${kinds}).`,
    ];
  });
}

/** Completed runs that do not have an outcome. */
function missingPairs(
  { definition }: Experiment,
  runs: readonly (RunOutcomes & { status: RunStatus | null })[],
  { comparisons }: Analysis,
): string[] {
  const done = (arm: string, seed: string): boolean =>
    runs.some((run) => run.arm === arm && run.seed === seed && run.status === 'completed');
  return comparisons.flatMap(({ arm, outcome, pairs }) => {
    const whole = definition.seeds.filter((seed) => done(arm, seed) && done(definition.control, seed)).length;
    if (whole === pairs) return [];
    return [
      `${plural(whole - pairs, 'pair')} of ${arm} and ${definition.control} have no value of ${outcome} and were left out.`,
    ];
  });
}

function looks({ interim_looks: count }: Experiment): string[] {
  return count === 0 ? [] : [`The results were read ${plural(count, 'time')} before all runs were there.`];
}

function amended(before: Experiment, after: Experiment): string {
  const day = before.created_at.toISOString();
  const fields = Object.keys({ ...before.definition, ...after.definition }) as (keyof ExperimentFile)[];
  const changed = fields.filter(
    (field) =>
      canonicalize(before.definition[field] ?? null) !== canonicalize(after.definition[field] ?? null),
  );
  const what =
    changed.length === 0
      ? 'another version of the scenario or of the engine'
      : `another ${changed.join(', ')}`;
  return `An experiment of this name was registered on ${day} (${before.digest.slice(0, 12)}) with ${what}.`;
}

function removed({ registered_at, digest, deleted_at, completed, runs }: ExperimentDeletion): string {
  const [from, to] = [registered_at.toISOString(), deleted_at.toISOString()];
  return `An experiment of this name was registered on ${from} (${digest.slice(0, 12)}) and deleted on ${to}, with ${completed} of ${plural(runs, 'run')} completed.`;
}
