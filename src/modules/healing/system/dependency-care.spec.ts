import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../../core/config/index.js';
import type { QueueBackend } from '../../../core/queue/index.js';
import type { Healer, Patient } from '../healer.js';
import { Hearing } from '../hearing.js';
import { DependencyCare } from './dependency-care.js';
import type { ModelCare } from './model-care.js';

/** As a long computation does. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('the care of dependencies', () => {
  let hearing: Hearing;
  let told: Pick<Patient, 'id' | 'findings'>[];
  const healer = { refresh: async () => [], look: async (patient: Patient) => void told.push(patient) };
  const models: Pick<ModelCare, 'look' | 'closeLeft'> = { look: async () => {}, closeLeft: async () => {} };
  const config = { worker: { healing: 'act' } };
  const careOf = (ping: () => Promise<void>): DependencyCare =>
    new DependencyCare(
      config as Config,
      { ping } as QueueBackend,
      models as ModelCare,
      healer as unknown as Healer,
      hearing,
    );
  const found = (id: string): number[] =>
    told.filter((patient) => patient.id === id).map(({ findings }) => findings.length);
  const well = async (): Promise<void> => {
    while (!hearing.isWell(Date.now())) await setTimeout(100);
  };

  beforeEach(() => {
    told = [];
    hearing = new Hearing();
    hearing.onApplicationBootstrap();
  });
  afterEach(() => hearing.onApplicationShutdown());

  it('tells of queues that do not answer', async () => {
    const care = careOf(() => new Promise(() => {}));
    // A busy machine may have this process stand still now and then.
    while (!found('queue').includes(1)) await care.look();
    expect(found('queue')).not.toContain(0);
  }, 60_000);

  it('tells nothing of queues whose answer nobody took, as this process stood still', async () => {
    // The answer comes later than patience ends, were it measured by the clock.
    const care = careOf(() => setTimeout(2_500));
    const looking = care.look();
    standStill(4_000);
    await looking;
    expect(found('queue')).toEqual([]);
    await well();
    await careOf(async () => {}).look();
    expect(found('queue')).toEqual([0]);
  });

  it('tells of the database when it was away, and not when this process was', async () => {
    const care = careOf(async () => {});
    const begun = Date.now();
    standStill(1_500);
    care.missDatabase(begun);
    await care.look();
    await well();
    care.missDatabase(Date.now());
    await care.look();
    expect(found('database')).toEqual([0, 1]);
  });
});
