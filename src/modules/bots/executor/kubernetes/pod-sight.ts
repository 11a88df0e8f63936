import { constants } from 'node:os';
import type { V1ContainerStatus, V1Job, V1Pod } from '@kubernetes/client-node';
import type { ConditionTold, Sight } from '../executor.js';
import { storable } from '../storable.js';

/** What of a pod was seen; the objects come as JSON, with times as texts. */
type Seen = Pick<Sight, 'alive' | 'exit'> & { condition: ConditionTold };

const SIGNALS = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** What a container says of its end is the bot's own text. */
function told(status: ConditionTold['status'], reason: string, message: string): ConditionTold {
  return { type: 'Pod', status, reason: storable(reason, 100), message: storable(message, 500) };
}

/** How the container of a pod ended; undefined: it has not, or that is not known. */
export function exitOf(pod: V1Pod): Sight['exit'] {
  const ended = pod.status?.containerStatuses?.[0]?.state?.terminated;
  if (ended === undefined) return undefined;
  // A shell's way of telling a signal, which the runtimes of containers have taken over.
  const number = ended.signal ?? (ended.exitCode > 128 ? ended.exitCode - 128 : 0);
  const signal = SIGNALS.get(number) ?? null;
  return { code: signal === null ? ended.exitCode : null, signal };
}

/** Whether a pod is over, and will not run again. */
export function isOver({ status }: V1Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** What is seen of an instance with a pod. */
export function sightOfPod(pod: V1Pod): Seen {
  const { status } = pod;
  const container = status?.containerStatuses?.[0];
  if (isOver(pod)) return { alive: false, exit: exitOf(pod), condition: endOf(pod, container) };
  const alive = { alive: true, exit: undefined };
  if (lostNode(pod))
    return {
      ...alive,
      condition: told('unknown', 'NodeGone', 'the node of its pod is not heard of any more'),
    };
  const waiting = container?.state?.waiting;
  // What every container waits for is no trouble.
  if (waiting?.reason !== undefined && !['ContainerCreating', 'PodInitializing'].includes(waiting.reason))
    return { ...alive, condition: told('false', waiting.reason, waiting.message ?? 'its container waits') };
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False')
    return {
      ...alive,
      condition: told('false', scheduled.reason ?? 'Unschedulable', scheduled.message ?? 'no node takes it'),
    };
  return container?.state?.running === undefined
    ? { ...alive, condition: told('false', 'Starting', 'its container is made') }
    : { ...alive, condition: told('true', 'Running', 'its container runs') };
}

function lostNode({ status, metadata }: V1Pod): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return (
    status?.reason === 'NodeLost' ||
    (status?.phase === 'Unknown' && metadata !== undefined) ||
    (ready?.status === 'Unknown' && ready.reason === 'NodeStatusUnknown')
  );
}

/** Why it ended. */
function endOf({ status }: V1Pod, container: V1ContainerStatus | undefined): ConditionTold {
  const disrupted = status?.conditions?.find(
    ({ type, status: holds }) => type === 'DisruptionTarget' && holds === 'True',
  );
  const ended = container?.state?.terminated;
  const reason = status?.reason ?? disrupted?.reason ?? ended?.reason ?? 'Ended';
  const message = status?.message ?? disrupted?.message ?? ended?.message;
  return told('false', reason, message ?? `its pod is over: ${ended?.exitCode ?? 'no exit is known'}`);
}

/**
 * What is seen of an instance without a pod: one that is to come, or none that will.
 * @param hint why none comes, where events tell
 */
export function sightOfJob(job: V1Job | undefined, hint: string | undefined): Seen {
  const gone = { alive: false, exit: undefined };
  if (job === undefined)
    return { ...gone, condition: told('false', 'JobGone', 'somebody has deleted its Job') };
  const ended = job.status?.conditions?.find(
    ({ type, status }) => (type === 'Failed' || type === 'Complete') && status === 'True',
  );
  if (ended !== undefined)
    return {
      ...gone,
      condition: told('false', ended.reason ?? ended.type, ended.message ?? 'its pod was deleted'),
    };
  if (job.spec?.suspend === true)
    return { ...gone, condition: told('false', 'Suspended', 'it was asked to end, and has') };
  if (hint === undefined)
    return { alive: true, exit: undefined, condition: told('false', 'Starting', 'its pod is made') };
  const reason = /exceeded quota/i.test(hint) ? 'QuotaExceeded' : 'PodRefused';
  return { alive: true, exit: undefined, condition: told('false', reason, hint) };
}
