// Runs simulations on whatever Node.js and machine it is started with, and prints their digests as JSON. It reads what to run from its
// input: `{simulations, ticks, feedsim}`. Plain JavaScript, since not every Node.js reads anything else.
import { readFileSync } from 'node:fs';
import { runFeedSim } from '../../dist/src/modules/simulation/feedsim/feedsim.run.js';
import { prepareSimulation } from '../../dist/src/modules/simulation/simulation.rules.js';

const { simulations, ticks, feedsim } = JSON.parse(readFileSync(0, 'utf8'));
const runs = simulations.map((given) => {
  const { feed } = prepareSimulation(given);
  for (let tick = 0; tick < ticks; tick += 1) feed.tick();
  return { checksum: feed.checksum(), digests: feed.digests() };
});
const watch = { signal: new AbortController().signal, progress: () => {} };
const cases = [];
for (const given of feedsim) {
  const { checksum, state } = await runFeedSim(given, watch);
  cases.push({ checksum, state });
}
const { version, arch } = process;
process.stdout.write(JSON.stringify({ version, arch, runs, cases }));
