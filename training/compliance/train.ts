import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { MODEL_PATH } from '../../src/modules/compliance/classifiers/loader.js';
import { authoredExamples } from './authored.js';
import { Datasets } from './datasets.js';
import { readDictionaries } from './dictionary.js';
import { productExamples } from './product-texts.js';
import { trainModel } from './recipe.js';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/moderation' },
    out: { type: 'string', default: MODEL_PATH },
    seed: { type: 'string', default: 'azt3knet' },
  },
});

const bytes = trainModel({
  datasets: new Datasets(options.data),
  authored: authoredExamples(options.seed),
  own: await productExamples(options.seed, 'learned'),
  dictionaries: readDictionaries(),
  seed: options.seed,
  report: (line) => process.stderr.write(`${line}\n`),
});
mkdirSync(dirname(options.out), { recursive: true });
writeFileSync(options.out, bytes);
process.stdout.write(`${options.out}: ${bytes.length} bytes\n`);
