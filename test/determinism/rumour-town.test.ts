import { expect, it } from 'vitest';
import { DocumentReader } from '../../src/core/documents/index.js';
import { lossOf } from '../../src/modules/simulation/calibration/calibration-loss.js';
import { SCENARIOS } from '../../src/modules/simulation/scenarios/scenario.loader.js';
import { feedScenarioSchema } from '../../src/modules/simulation/scenarios/scenario.schema.js';
import { prepareSimulation } from '../../src/modules/simulation/simulation.rules.js';
import { CascadeRecorder } from '../../src/modules/simulation/validation/cascade-recorder.js';
import { shippedReference } from '../../src/modules/simulation/validation/reference.js';
import { sampleSimulation } from '../support/simulation-sample.js';

/** What the description of rumour_town tells; a change of the engine that moves it asks for another calibration. */
it('rumour_town is as near to real cascades as its description says', () => {
  const shipped = new DocumentReader(SCENARIOS).shippedAs('rumour_town')?.value;
  const scenario = { ...feedScenarioSchema.parse(shipped), log_exposures: false };
  const { feed } = prepareSimulation(sampleSimulation(1200, '20241005', scenario));
  const cascades = new CascadeRecorder(scenario.tick_minutes);
  for (let tick = 0; tick < scenario.ticks; tick += 1) {
    feed.tick();
    cascades.add(feed.drainEvents());
  }
  const sum = (name: 'active' | 'idle' | 'posts'): number =>
    feed.metrics().reduce((total, metrics) => total + metrics[name], 0);
  const idle = sum('idle') / (sum('active') - sum('posts'));
  const found = lossOf(cascades.result(), 50, idle, shippedReference());
  expect(idle).toBeCloseTo(0.35, 3);
  expect(found.timing).toBeCloseTo(0.038, 2);
  expect(found.shape).toBeCloseTo(0.378, 2);
  expect(found.loss).toBeCloseTo(0.158, 2);
}, 180_000);
