import type { ConditionTold } from '../executor/executor.js';
import type { Crew } from './crew.js';
import type { Outcome } from './rollout.js';

function told(type: string, status: ConditionTold['status'], reason: string, message: string): ConditionTold {
  return { type, status, reason, message };
}

/** Whether it was left as it was until now. */
export function isPaused({ state }: Crew): boolean {
  return state.conditions.some(({ type, status }) => type === 'Paused' && status === 'true');
}

/** What is to be said of a bot, and of what became of an update of it. */
export function conditionsOf(crew: Crew, outcome: Outcome | undefined): ConditionTold[] {
  const resumed = isPaused(crew) ? [told('Paused', 'false', 'Resumed', 'it is looked after again')] : [];
  return outcome === undefined ? resumed : [...resumed, ...updateOf(crew, outcome)];
}

function updateOf({ bot, state }: Crew, outcome: Outcome): ConditionTold[] {
  const of = `generation ${bot.generation} (revision ${bot.revision})`;
  if (outcome.kind === 'complete')
    return [told('Progressing', 'true', 'NewReplicaSetAvailable', `${of} is in good health`)];
  if (outcome.kind === 'began') {
    const begun = told('Progressing', 'true', 'ReplicaSetUpdated', `${of} takes the place of what was`);
    const wasBack = state.conditions.some(({ type, status }) => type === 'RolledBack' && status === 'true');
    return wasBack && bot.revision !== state.good_revision
      ? [begun, told('RolledBack', 'false', 'Superseded', 'something else is wanted of it since')]
      : [begun];
  }
  const message = `${of} did not come into good health: ${WHY[outcome.reason]}`;
  const failed = told('Progressing', 'false', outcome.reason, message);
  if (outcome.kind === 'failed') return [failed];
  return [
    failed,
    told('RolledBack', 'true', outcome.reason, `${message}; revision ${outcome.to} runs again`),
  ];
}

const WHY = {
  ProgressDeadlineExceeded: 'it made no progress in its time',
  CrashLoopBackOff: 'its instances ended again and again',
} as const;

/** Whether as many instances as are wanted are ready. */
export function availabilityOf({ bot, all, state }: Crew): ConditionTold[] {
  // One that never ran is not missed.
  if (bot.desired_state !== 'running' && state.observed_generation === 0) return [];
  const ready = all.filter((ward) => ward.state.retiring === null && ward.state.status === 'running').length;
  const message = `${ready} of ${bot.replicas} replicas are ready`;
  if (bot.desired_state !== 'running') return [told('Available', 'false', 'Stopped', 'it is not to run')];
  return ready >= bot.replicas
    ? [told('Available', 'true', 'MinimumReplicasAvailable', message)]
    : [told('Available', 'false', 'MinimumReplicasUnavailable', message)];
}
