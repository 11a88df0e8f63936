export const DESIRED_STATES = ['running', 'stopped'] as const;
export type DesiredState = (typeof DESIRED_STATES)[number];

export const BOT_STATUSES = [
  'registered',
  'starting',
  'running',
  'unhealthy',
  'stopping',
  'stopped',
  'backoff',
  'failed',
  'quarantined',
] as const;
export type BotStatus = (typeof BOT_STATUSES)[number];

/** Times at which a bot is started and stopped, by cron in a time zone; null: not by itself. */
export interface BotSchedule {
  start: string | null;
  stop: string | null;
  timezone: string;
}

/** How many processes of a bot there may be at once. */
export const REPLICAS_MAX = 50;

/** How a process of a bot ended. */
export interface BotExit {
  code: number | null;
  signal: string | null;
  /** RFC 3339. */
  at: string;
}

/** Why an instance is ended for good: another has taken its place, or there are to be fewer. */
export type Retiring = 'Replaced' | 'ScaledDown';

/** What became of an update of a bot. */
export const ROLLOUT_OUTCOMES = ['began', 'complete', 'failed', 'rolled_back'] as const;
export type RolloutOutcome = (typeof ROLLOUT_OUTCOMES)[number];

/** The state machine of each instance of a bot: where each status may lead. docs/guides/bots.md draws it. */
export const TRANSITIONS: Readonly<Record<BotStatus, readonly BotStatus[]>> = {
  registered: ['starting', 'stopped', 'failed'],
  starting: ['running', 'unhealthy', 'stopping', 'stopped', 'backoff', 'failed', 'quarantined'],
  running: ['unhealthy', 'stopping', 'stopped', 'backoff', 'failed', 'quarantined'],
  unhealthy: ['running', 'stopping', 'stopped', 'backoff', 'failed', 'quarantined'],
  stopping: ['stopped', 'starting', 'backoff', 'failed', 'quarantined'],
  stopped: ['starting', 'failed'],
  backoff: ['starting', 'stopped', 'failed', 'quarantined'],
  failed: ['starting', 'stopped', 'backoff', 'quarantined'],
  quarantined: ['starting', 'stopped', 'failed'],
};

/** Whether a process is expected to be there. */
export function isAlive(status: BotStatus): boolean {
  return status === 'starting' || status === 'running' || status === 'unhealthy' || status === 'stopping';
}

/** Whether an instance that is to stay waits to be started again, or for somebody who starts it. */
export function isDown({ status, retiring }: { status: BotStatus; retiring: Retiring | null }): boolean {
  return retiring === null && (status === 'backoff' || status === 'failed' || status === 'quarantined');
}

/** What is true of a bot besides its status, in the form of Kubernetes. */
export interface BotCondition {
  /** Such as `Ready`, `BlueprintVerified`, `NetworkIsolated`. */
  type: string;
  status: 'true' | 'false' | 'unknown';
  /** One word in CamelCase for programs. */
  reason: string;
  /** One sentence for people. */
  message: string;
  /** When `status` last changed, RFC 3339. */
  since: string;
}

/**
 * The conditions with another one put in: its time stays when its status does.
 * @param now RFC 3339
 */
export function withCondition(
  conditions: readonly BotCondition[],
  { type, status, reason, message }: Omit<BotCondition, 'since'>,
  now: string,
): BotCondition[] {
  const before = conditions.find((each) => each.type === type);
  const since = before?.status === status ? before.since : now;
  const put = { type, status, reason, message, since };
  return before === undefined
    ? [...conditions, put]
    : conditions.map((each) => (each.type === type ? put : each));
}
