// Tries language models with the suite test/llm: always the stand-ins, and the real servers that somebody gives:
// npm run test:llm -- --ollama http://127.0.0.1:11434 --openai http://127.0.0.1:8080/v1 --model deepseek-r1:1.5b
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { ollama: { type: 'string' }, openai: { type: 'string' }, model: { type: 'string' } },
});
const { ollama = process.env.LLM_TEST_OLLAMA_URL, openai = process.env.LLM_TEST_OPENAI_URL } = values;
const model = values.model ?? process.env.LLM_TEST_MODEL;
const env = { ...process.env };
if (ollama) env.LLM_TEST_OLLAMA_URL = ollama;
if (openai) env.LLM_TEST_OPENAI_URL = openai;
if (model) env.LLM_TEST_MODEL = model;

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const run = spawnSync(process.execPath, [vitest, 'run', 'test/llm'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env,
  stdio: 'inherit',
});
const passed = run.status === 0 ? 'passed' : 'FAILED';
const real = [ollama && `Ollama at ${ollama}`, openai && `OpenAI's protocol at ${openai}`].filter(Boolean);
process.stdout.write(`\nlanguage models: ${passed} with the stand-ins for Ollama and OpenAI\n`);
process.stdout.write(
  real.length > 0
    ? `language models: ${passed} with the real ${real.join(' and ')}\n`
    : 'language models: NOT TRIED WITH A REAL MODEL. Give a server: npm run test:llm -- --ollama http://127.0.0.1:11434\n',
);
process.exitCode = run.status ?? 1;
