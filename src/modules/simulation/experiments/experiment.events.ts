import { z } from 'zod';
import { declareEvent, type DomainEvent } from '../../../core/events/index.js';
import { hasEnded, type ExperimentState } from './experiments.repository.js';

const payload = z.strictObject({
  experiment_id: z.uuid(),
  name: z.string().meta({ examples: ['label_timing'] }),
  digest: z.string().meta({ description: 'What was registered.' }),
  status: z
    .enum(['completed', 'incomplete', 'cancelled', 'deleted'])
    .meta({ description: '`incomplete`: some runs have failed, were stopped or deleted.' }),
  runs: z.int(),
  completed: z.int().meta({ description: 'Runs that are completed.' }),
});

const of = (type: string, summary: string) =>
  declareEvent({
    type,
    topic: 'experiments.{experiment_id}',
    permission: 'simulations:read',
    summary,
    payload,
  });

const ENDS = {
  completed: of('experiment.completed', 'All runs of an experiment are done: its results are there.'),
  incomplete: of(
    'experiment.failed',
    'Nothing works on an experiment any more, and some of its runs have failed or are gone.',
  ),
  cancelled: of('experiment.cancelled', 'An experiment was cancelled, and its last run has stopped.'),
};
const deleted = of('experiment.deleted', 'An experiment is gone, with its runs and their files.');

function payloadOf<Status>({ id, name, digest, runs, completed }: ExperimentState, status: Status) {
  return { experiment_id: id, name, digest, status, runs, completed };
}

/** How an experiment has ended; nothing for one that goes on. */
export function experimentEnded(experiment: ExperimentState): DomainEvent | undefined {
  const { status } = experiment;
  return hasEnded(status) ? ENDS[status](payloadOf(experiment, status)) : undefined;
}

export function experimentDeleted(experiment: ExperimentState): DomainEvent {
  return deleted(payloadOf(experiment, 'deleted' as const));
}
