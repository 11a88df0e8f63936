import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../src/core/project.js';
import {
  createGenerator,
  readPopulationFile,
  type PopulationSpecification,
} from '../src/modules/agents/index.js';
import { figure, printFigures, rate, type Figure } from './figure.js';

const BENCH = 'populations';
const COUNT = 200_000;
const RUNS = 3;

function fileOf(name: string): PopulationSpecification {
  const text = readFileSync(join(PROJECT_ROOT, 'populations', `${name}.yaml`), 'utf8');
  return { ...readPopulationFile(text, name).specification, count: COUNT, seed: 'bench' };
}

/** A file without what is drawn beyond its distributions. */
function withoutPersona(specification: PopulationSpecification): PopulationSpecification {
  const { composition } = specification;
  if (composition === undefined) throw new Error('the file has no distributions');
  return { ...specification, composition: { ...composition, persona: null } };
}

/** Agents a second, the fitting of all levels among them. */
async function made(specification: PopulationSpecification): Promise<number> {
  return rate(COUNT, RUNS, async () => {
    const generator = await createGenerator(specification);
    let count = 0;
    for (const agents of generator.chunks()) count += agents.length;
    if (count !== COUNT) throw new Error(`${count} agents instead of ${COUNT}`);
  });
}

const flat = await made({ gender: 'unspecified', count: COUNT, country: 'MX', seed: 'bench' });
const panel = fileOf('metro_panel');
const fitted = await made(withoutPersona(panel));
const whole = await made(panel);
const figures: Figure[] = [
  figure(BENCH, 'a specification of one country', flat, 'agents/s'),
  figure(BENCH, 'nine fitted attributes, two tables', fitted, 'agents/s', 100_000),
  figure(BENCH, 'the same ÷ one country', fitted / flat, '×'),
  figure(BENCH, 'the same with traits, opinions and relationships', whole, 'agents/s'),
];
printFigures(figures);
