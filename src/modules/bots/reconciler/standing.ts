import { isAlive, type BotStatus } from '../registry/bot.rules.js';

/** What of an instance says how its bot is. */
export interface Standing {
  status: BotStatus;
  reason: string | null;
}

interface Part extends Standing {
  retiring: string | null;
  starts: number;
  failures: number;
}

/** Of a bot of which no instance is ready: the first of these that one has. */
const FIRST: readonly BotStatus[] = [
  'unhealthy',
  'starting',
  'stopping',
  'backoff',
  'failed',
  'quarantined',
  'stopped',
  'registered',
];

/**
 * How a bot as a whole is. With one instance it is as that one is; with more it runs when as many as are wanted are ready, and is
 * unhealthy when some are missing that had run before.
 * @param before how it was
 */
export function standingOf(
  { wanted, replicas }: { wanted: boolean; replicas: number },
  parts: readonly Part[],
  before: Standing,
): Standing {
  const kept = parts.filter(({ retiring }) => retiring === null);
  if (!wanted || replicas === 0) {
    const ending = parts.find(({ status }) => isAlive(status));
    if (ending !== undefined) return { status: ending.status, reason: ending.reason };
    if (before.status === 'registered' && parts.length === 0) return before;
    const reason = replicas === 0 && wanted ? 'ScaledToZero' : (kept[0]?.reason ?? 'StopAsked');
    return { status: 'stopped', reason };
  }
  const ready = kept.filter(({ status }) => status === 'running');
  const isRolling = parts.length > replicas && parts.every(({ retiring }) => retiring !== 'ScaledDown');
  if (ready.length >= replicas && ready[0] !== undefined)
    return { status: 'running', reason: isRolling ? 'RollingUpdate' : ready[0].reason };
  if (ready.length > 0) {
    const missing = kept.filter(({ status }) => status !== 'running');
    const areNew = missing.every(({ starts, failures }) => starts <= 1 && failures === 0);
    const isGrowing =
      areNew && missing.every(({ status }) => status === 'starting' || status === 'registered');
    return isGrowing
      ? { status: 'running', reason: 'ScalingUp' }
      : { status: 'unhealthy', reason: 'ReplicasUnavailable' };
  }
  const telling = FIRST.flatMap((status) => kept.find((each) => each.status === status) ?? [])[0];
  return telling === undefined ? before : { status: telling.status, reason: telling.reason };
}
