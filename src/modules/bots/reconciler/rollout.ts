import { isAlive, isDown, type BotStatus, type Retiring } from '../registry/bot.rules.js';

/** An update whose new instances fail so often in a row has failed. */
export const ROLLOUT_FAILURES = 3;
/** How many more instances than wanted there may be while others take their place. */
const SURGE = 1;

/** What is known of an instance; times are milliseconds since 1970. */
export interface Member {
  ordinal: number;
  generation: number;
  revision: number;
  observedGeneration: number;
  retiring: Retiring | null;
  status: BotStatus;
  readySince: number | null;
  failures: number;
  starts: number;
}

/** What is wanted of a bot, and how far it is; times are milliseconds since 1970. */
export interface Course {
  now: number;
  wanted: boolean;
  replicas: number;
  generation: number;
  revision: number;
  restartGeneration: number;
  strategy: 'rolling' | 'recreate';
  minReadySeconds: number;
  progressDeadlineSeconds: number;
  /** Whether an update that fails may be taken back by itself. */
  mayRollBack: boolean;
  observedGeneration: number;
  goodRevision: number | null;
  updatedReplicas: number;
  progressAt: number | null;
  members: readonly Member[];
}

/** What became of an update. */
export type Outcome =
  | { kind: 'began' }
  | { kind: 'complete' }
  | { kind: 'failed'; reason: FailureReason }
  | { kind: 'rolled_back'; reason: FailureReason; to: number };
export type FailureReason = 'ProgressDeadlineExceeded' | 'CrashLoopBackOff';

/** What is to be done with the instances of a bot now. */
export interface Plan {
  /** New ones; `starts` are those of the one whose place they take. */
  create: readonly { ordinal: number; starts: number }[];
  /** Those that are to run what is wanted now, in the place that they have. */
  renew: readonly number[];
  retire: readonly { ordinal: number; reason: Retiring }[];
  /** Those that are gone for good. */
  remove: readonly number[];
  /** Whether none may start yet. */
  held: boolean;
  observedGeneration: number;
  goodRevision: number | null;
  updatedReplicas: number;
  progressAt: number | null;
  outcome: Outcome | undefined;
}

type Steps = Pick<Plan, 'create' | 'renew' | 'retire' | 'remove'>;

/**
 * One step of a bot's instances towards what is wanted. It is asked again and again and does nothing by itself; asked again before
 * its steps are done, it says the same.
 */
export function planOf(course: Course): Plan {
  const { members, wanted, observedGeneration, goodRevision } = course;
  if (!wanted) {
    const remove = members.filter((each) => each.retiring !== null && !isAlive(each.status)).map(ordinalOf);
    const kept = { held: false, observedGeneration, goodRevision, updatedReplicas: 0, progressAt: null };
    return { create: [], renew: [], retire: [], remove, ...kept, outcome: undefined };
  }
  const groups = groupsOf(course);
  const steps = stepsOf(course, groups);
  const held = course.strategy === 'recreate' && members.some((each) => endsFirst(each, groups));
  return { ...steps, held, ...progressOf(course, groups, steps) };
}

interface Groups {
  current: readonly Member[];
  old: readonly Member[];
  /** Of the current ones, those in good health for long enough. */
  available: readonly Member[];
}

function groupsOf({ members, revision, restartGeneration, minReadySeconds, now }: Course): Groups {
  const kept = members.filter(({ retiring }) => retiring === null);
  const isCurrent = (each: Member): boolean =>
    each.revision === revision && each.generation >= restartGeneration;
  const current = kept.filter(isCurrent);
  const available = current.filter(
    ({ status, readySince }) =>
      status === 'running' && readySince !== null && now - readySince >= minReadySeconds * 1_000,
  );
  return { current, old: kept.filter((each) => !isCurrent(each)), available };
}

/** Whether its process is of what was, where none of that may run beside what comes. */
function endsFirst(each: Member, { old }: Groups): boolean {
  const isPast = each.retiring !== null || old.includes(each) || each.observedGeneration < each.generation;
  return isPast && isAlive(each.status);
}

function stepsOf(course: Course, groups: Groups): Steps {
  const { members, replicas, strategy } = course;
  const { current, old, available } = groups;
  const surplus = current.toSorted(dispensable).slice(0, Math.max(0, current.length - replicas));
  // What is not ready is missed by nobody: it runs what is wanted next, where it is.
  const isServing = (each: Member): boolean => strategy === 'rolling' && each.status === 'running';
  const serving = old.filter(isServing);
  const idle = old.filter((each) => !isServing(each));
  const places = Math.max(0, replicas - current.length);
  const renewed = idle.slice(0, places);
  const spare = idle.slice(places);
  // Somebody has asked again for those that are down: they begin anew, and the others go on.
  const revived = current.filter((each) => isDown(each) && each.generation < course.generation);
  const coming = current.length - surplus.length + renewed.length;
  const room = replicas + SURGE - coming - serving.length;
  const count = Math.max(0, Math.min(room, replicas - coming));
  const leaving = Math.max(0, Math.min(serving.length, available.length + serving.length - replicas));
  const gone = members.filter((each) => each.retiring !== null && !isAlive(each.status));
  const ends = [
    ...[...surplus, ...spare].map((each) => ({ each, reason: 'ScaledDown' as const })),
    ...serving.slice(0, leaving).map((each) => ({ each, reason: 'Replaced' as const })),
  ];
  return {
    create: freeOrdinals(members, count).map((ordinal, index) => ({
      ordinal,
      starts: serving[index]?.starts ?? 0,
    })),
    renew: [...renewed, ...revived.filter((each) => !surplus.includes(each))].map(ordinalOf),
    retire: ends
      .filter(({ each }) => isAlive(each.status))
      .map(({ each, reason }) => ({ ordinal: each.ordinal, reason })),
    remove: [...gone, ...ends.map(({ each }) => each).filter(({ status }) => !isAlive(status))].map(
      ordinalOf,
    ),
  };
}

function ordinalOf({ ordinal }: Member): number {
  return ordinal;
}

/** First who is missed least: what does not run, then the highest ordinal. */
function dispensable(one: Member, other: Member): number {
  const serves = ({ status }: Member): number => (status === 'running' ? 1 : 0);
  return serves(one) - serves(other) || other.ordinal - one.ordinal;
}

function freeOrdinals(members: readonly Member[], count: number): number[] {
  const taken = new Set(members.map(ordinalOf));
  const free: number[] = [];
  for (let next = 0; free.length < count; next += 1) if (!taken.has(next)) free.push(next);
  return free;
}

type Progress = Pick<
  Plan,
  'observedGeneration' | 'goodRevision' | 'updatedReplicas' | 'progressAt' | 'outcome'
>;

function progressOf(course: Course, { current, old, available }: Groups, steps: Steps): Progress {
  const { now, generation, revision, replicas, goodRevision, observedGeneration } = course;
  const updatedReplicas = available.length;
  const same = { observedGeneration: generation, goodRevision, updatedReplicas };
  if (generation > observedGeneration) return { ...same, progressAt: now, outcome: { kind: 'began' } };
  const isComplete = old.length === 0 && current.length === replicas && available.length === replicas;
  const isUnderWay = course.progressAt !== null;
  if (isComplete && (isUnderWay || (replicas > 0 && goodRevision !== revision)))
    return {
      ...same,
      goodRevision: replicas > 0 ? revision : goodRevision,
      progressAt: null,
      outcome: { kind: 'complete' },
    };
  if (!isUnderWay) return { ...same, progressAt: null, outcome: undefined };
  const reason = failureOf(course, current);
  if (reason !== undefined) return { ...same, progressAt: null, outcome: outcomeOf(course, reason) };
  const isMoving =
    updatedReplicas > course.updatedReplicas ||
    [steps.create, steps.renew, steps.retire].some(({ length }) => length > 0);
  return { ...same, progressAt: isMoving ? now : course.progressAt, outcome: undefined };
}

function failureOf(
  { now, progressAt, progressDeadlineSeconds }: Course,
  current: readonly Member[],
): FailureReason | undefined {
  const loops = current.some(({ failures, status }) => failures >= ROLLOUT_FAILURES && status !== 'running');
  if (loops) return 'CrashLoopBackOff';
  return now - (progressAt ?? now) > progressDeadlineSeconds * 1_000 ? 'ProgressDeadlineExceeded' : undefined;
}

function outcomeOf({ mayRollBack, goodRevision, revision }: Course, reason: FailureReason): Outcome {
  return mayRollBack && goodRevision !== null && goodRevision !== revision
    ? { kind: 'rolled_back', reason, to: goodRevision }
    : { kind: 'failed', reason };
}
