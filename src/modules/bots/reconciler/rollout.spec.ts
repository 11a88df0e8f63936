import { describe, expect, it } from 'vitest';
import { isAlive } from '../registry/bot.rules.js';
import { planOf, ROLLOUT_FAILURES, type Course, type Member, type Plan } from './rollout.js';

const NOW = 1_800_000_000_000;

const member = (ordinal: number, more: Partial<Member> = {}): Member => ({
  ordinal,
  generation: 2,
  revision: 1,
  observedGeneration: 2,
  retiring: null,
  status: 'running',
  readySince: NOW - 60_000,
  failures: 0,
  starts: 1,
  ...more,
});

const usual: Course = {
  now: NOW,
  wanted: true,
  replicas: 1,
  generation: 2,
  revision: 1,
  restartGeneration: 2,
  strategy: 'rolling',
  minReadySeconds: 5,
  progressDeadlineSeconds: 60,
  mayRollBack: true,
  observedGeneration: 2,
  goodRevision: 1,
  updatedReplicas: 1,
  progressAt: null,
  members: [member(0)],
};

/** Another configuration is wanted, and was noticed. */
const updated: Partial<Course> = {
  generation: 3,
  observedGeneration: 3,
  revision: 2,
  progressAt: NOW - 1_000,
};
const planned = (change: Partial<Course>): Plan => planOf({ ...usual, ...change });
const steps = ({ create, renew, retire, remove }: Plan) => ({
  create: create.map(({ ordinal }) => ordinal),
  renew,
  retire: retire.map(({ ordinal }) => ordinal),
  remove,
});
const nothing = { create: [], renew: [], retire: [], remove: [] };

const fresh = (more: Partial<Member> = {}) =>
  member(1, { revision: 2, generation: 3, observedGeneration: 3, readySince: null, ...more });

describe('one step of the instances of a bot', () => {
  it('is none where all is as wanted', () => {
    const plan = planned({});
    expect(steps(plan)).toEqual(nothing);
    expect(plan.outcome).toBeUndefined();
  });

  it('begins anew with those that are down when somebody asks again, and leaves the others alone', () => {
    const members = [member(0), member(1, { status: 'quarantined', readySince: null, failures: 8 })];
    expect(steps(planned({ replicas: 2, members }))).toEqual(nothing);
    const asked = planned({ replicas: 2, members, generation: 3 });
    expect(steps(asked)).toEqual({ ...nothing, renew: [1] });
    expect(steps(planned({ replicas: 1, members, generation: 3 }))).toEqual({ ...nothing, remove: [1] });
  });

  it('starts all that are missing at once, and ends those that are too many, first those that do not run', () => {
    expect(steps(planned({ members: [], replicas: 3 })).create).toEqual([0, 1, 2]);
    expect(steps(planned({ replicas: 3 })).create).toEqual([1, 2]);
    const members = [member(0, { status: 'unhealthy' }), member(1), member(2)];
    expect(planned({ replicas: 1, members }).retire).toEqual([
      { ordinal: 0, reason: 'ScaledDown' },
      { ordinal: 2, reason: 'ScaledDown' },
    ]);
    expect(steps(planned({ replicas: 0 })).retire).toEqual([0]);
  });

  it('removes what has ended for good, and nothing that has not', () => {
    const ending = (status: Member['status']) => member(1, { retiring: 'Replaced', status });
    expect(steps(planned({ members: [member(0), ending('stopping')] }))).toEqual(nothing);
    expect(steps(planned({ members: [member(0), ending('stopped')] })).remove).toEqual([1]);
    expect(steps(planned({ wanted: false, members: [member(0), ending('stopped')] })).remove).toEqual([1]);
  });

  it('puts a new one beside a single one, and ends that one only after the new one was well for long enough', () => {
    expect(steps(planned({ ...updated }))).toEqual({ ...nothing, create: [1] });
    const since = (readySince: number) => ({ ...updated, members: [member(0), fresh({ readySince })] });
    expect(steps(planned(since(NOW - 4_000)))).toEqual(nothing);
    expect(planned(since(NOW - 5_000)).retire).toEqual([{ ordinal: 0, reason: 'Replaced' }]);
  });

  it('runs what is wanted in the place of what does not serve anyway', () => {
    for (const status of ['unhealthy', 'starting', 'backoff', 'failed', 'quarantined', 'stopped'] as const)
      expect(steps(planned({ ...updated, members: [member(0, { status })] }))).toEqual({
        ...nothing,
        renew: [0],
      });
  });

  it('takes a new start of the same revision as an update too', () => {
    const restart = { generation: 3, observedGeneration: 3, restartGeneration: 3, progressAt: NOW };
    expect(steps(planned(restart)).create).toEqual([1]);
  });

  it('ends all before it starts any where no two may run side by side', () => {
    const recreate = { ...updated, strategy: 'recreate' as const, replicas: 2 };
    const plan = planned({ ...recreate, members: [member(0), member(1)] });
    expect(steps(plan)).toEqual({ ...nothing, renew: [0, 1] });
    expect(plan.held).toBe(true);
    const renewed = (ordinal: number, status: Member['status']) =>
      member(ordinal, { revision: 2, generation: 3, status, readySince: null });
    const half = [renewed(0, 'stopped'), renewed(1, 'stopping')];
    expect(planned({ ...recreate, members: half }).held).toBe(true);
    const gone = [renewed(0, 'stopped'), renewed(1, 'stopped')];
    expect(planned({ ...recreate, members: gone }).held).toBe(false);
  });

  it.each([1, 2, 3, 5])(
    'of an update never leaves fewer than %i ready, nor has more than one more',
    (replicas) => {
      let members = Array.from({ length: replicas }, (_, ordinal) => member(ordinal));
      let now = NOW;
      let course: Course = { ...usual, ...updated, replicas, members, progressAt: NOW };
      for (let round = 0; round < 40 * replicas; round += 1) {
        const plan = planOf({ ...course, now, members });
        course = { ...course, progressAt: plan.progressAt, updatedReplicas: plan.updatedReplicas };
        if (plan.outcome?.kind === 'complete') break;
        const retired = new Map(plan.retire.map(({ ordinal, reason }) => [ordinal, reason]));
        members = members
          .filter(({ ordinal }) => !plan.remove.includes(ordinal))
          .map((each) => ({ ...each, retiring: retired.get(each.ordinal) ?? each.retiring }));
        for (const { ordinal } of plan.create)
          members.push(
            member(ordinal, {
              revision: 2,
              generation: 3,
              status: 'registered',
              readySince: null,
              observedGeneration: 0,
            }),
          );
        const serving = members.filter(({ status, retiring }) => status === 'running' && retiring === null);
        expect(serving.length).toBeGreaterThanOrEqual(replicas);
        const staying = members.filter(({ retiring }) => retiring === null);
        expect(staying.length).toBeLessThanOrEqual(replicas + 1);
        // What time brings.
        now += 1_000;
        members = members.map((each) => {
          if (each.retiring !== null)
            return { ...each, status: each.status === 'running' ? 'stopping' : 'stopped' };
          if (each.status === 'registered') return { ...each, status: 'starting', observedGeneration: 3 };
          return each.status === 'starting' ? { ...each, status: 'running', readySince: now } : each;
        });
      }
      expect(members.filter(({ retiring }) => retiring === null).map(({ revision }) => revision)).toEqual(
        Array.from({ length: replicas }, () => 2),
      );
      expect(course.progressAt).toBeNull();
      expect(members.filter(({ status }) => isAlive(status)).length).toBeGreaterThanOrEqual(replicas);
    },
  );
});

describe('what becomes of an update', () => {
  it('begins when another generation is seen, once', () => {
    const plan = planned({ ...updated, observedGeneration: 2, progressAt: null });
    expect(plan).toMatchObject({ outcome: { kind: 'began' }, observedGeneration: 3, progressAt: NOW });
    expect(planned({ ...updated }).outcome).toBeUndefined();
  });

  it('is complete when all are new and well, which is what is gone back to from now on', () => {
    const members = [fresh({ readySince: NOW - 10_000 })];
    expect(planned({ ...updated, members })).toMatchObject({
      outcome: { kind: 'complete' },
      goodRevision: 2,
      progressAt: null,
    });
  });

  it('is taken back when it makes no progress in its time, or ends again and again', () => {
    const members = [member(0), fresh({ status: 'starting' })];
    const late = { ...updated, members, progressAt: NOW - 61_000, updatedReplicas: 0 };
    expect(planned(late).outcome).toEqual({ kind: 'rolled_back', reason: 'ProgressDeadlineExceeded', to: 1 });
    expect(planned({ ...late, progressAt: NOW - 59_000 }).outcome).toBeUndefined();
    const loop = [member(0), fresh({ status: 'backoff', failures: ROLLOUT_FAILURES })];
    expect(planned({ ...updated, members: loop }).outcome).toEqual({
      kind: 'rolled_back',
      reason: 'CrashLoopBackOff',
      to: 1,
    });
  });

  it('is left as it is where nothing may be done, or there is nothing to go back to', () => {
    const members = [member(0), fresh({ status: 'starting' })];
    const late = { ...updated, members, progressAt: NOW - 61_000, updatedReplicas: 0 };
    for (const change of [{ mayRollBack: false }, { goodRevision: null }, { goodRevision: 2 }])
      expect(planned({ ...late, ...change })).toMatchObject({
        outcome: { kind: 'failed', reason: 'ProgressDeadlineExceeded' },
        progressAt: null,
      });
  });

  it('has time again whenever it gets on', () => {
    const members = [member(0), member(2), fresh({ readySince: NOW - 10_000 })];
    const late = { ...updated, replicas: 2, members, progressAt: NOW - 59_000, updatedReplicas: 0 };
    expect(planned(late).progressAt).toBe(NOW);
  });

  it('that was taken back keeps what runs of the revision that is wanted again', () => {
    const back = { generation: 4, observedGeneration: 4, revision: 1, progressAt: NOW };
    const members = [member(0), fresh({ status: 'backoff', failures: 3 })];
    const plan = planned({ ...back, members });
    expect(steps(plan)).toEqual({ ...nothing, remove: [1] });
    expect(planned({ ...back, members: [member(0)] }).outcome).toEqual({ kind: 'complete' });
  });

  it('is none while the bot is not wanted', () => {
    expect(planned({ ...updated, wanted: false, progressAt: NOW - 600_000 })).toMatchObject({
      outcome: undefined,
      progressAt: null,
    });
  });
});
