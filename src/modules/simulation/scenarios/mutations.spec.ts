import { describe, expect, it } from 'vitest';
import { mutatedScenario } from '../../../../test/support/scenario-mutations.js';
import { sampleSimulation } from '../../../../test/support/simulation-sample.js';
import { DocumentError, documentErrorAt, type DocumentIssue } from '../../../core/documents/index.js';
import { keyFromText, RandomStream } from '../../../engine/random.js';
import { SimulationError } from '../simulation.errors.js';
import { prepareSimulation } from '../simulation.rules.js';
import { scenarioIssues } from './scenario.check.js';
import { parseScenario } from './scenario.loader.js';

/** How many; `FUZZ_MUTATIONS` asks for more, `FUZZ_SEED` for others. */
const MUTATIONS = Number(process.env['FUZZ_MUTATIONS'] ?? 20_000);
const SEED = process.env['FUZZ_SEED'] ?? '20241005';
const PEOPLE = 12;
const TICKS = 2;

/** A place of a text that is there, and what is wrong with it. */
function isTold(text: string, { line, column, message }: DocumentIssue): boolean {
  return line >= 1 && line <= text.split(/\r\n|\r|\n/u).length && column >= 1 && message !== '';
}

/** What becomes of a text. @throws what is no refusal */
async function fateOf(text: string): Promise<'runs' | 'refused by its lines' | 'refused by its fields'> {
  try {
    const scenario = parseScenario(text, 'mutated.yaml');
    const issues = await scenarioIssues(scenario);
    if (issues.length > 0) throw documentErrorAt(text, 'mutated.yaml', issues);
    if (scenario.model === 'feedsim') return 'runs';
    const { feed } = prepareSimulation(sampleSimulation(PEOPLE, 'mutated', scenario));
    for (let tick = 0; tick < TICKS; tick += 1) feed.tick();
    feed.drainEvents();
    return 'runs';
  } catch (error) {
    const { places } = error instanceof DocumentError ? error : { places: [] };
    if (places.length > 0 && places.every((each) => isTold(text, each))) return 'refused by its lines';
    if (error instanceof SimulationError && error.issues.length > 0) return 'refused by its fields';
    throw new Error(`no refusal of:\n${text}`, { cause: error });
  }
}

describe('mutated scenarios', () => {
  it(
    `are refused with their lines or fields, or run: ${MUTATIONS} of seed ${SEED}`,
    async () => {
      const fates: string[] = [];
      for (let n = 0; n < MUTATIONS; n += 1)
        fates.push(await fateOf(mutatedScenario(new RandomStream(keyFromText(`mutation:${SEED}`), n))));
      // Too many of one kind would say little.
      for (const fate of ['runs', 'refused by its lines'])
        expect(fates.filter((each) => each === fate).length).toBeGreaterThan(MUTATIONS / 10);
    },
    120_000 + MUTATIONS * 30,
  );
});
