// Runs the commands that README.md and docs/guides/*.md show in their ```sh blocks, as written: one shell a document,
// with a data folder of its own. A document with a block that begins with `# server` gets a running server, with the
// variables that stand after it. What cannot run here stands in ```console blocks, and must be of the kinds below. Names of
// guides as arguments run those alone.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'azt3knet-docs-'));
const PATIENCE_MS = 180_000;

// The clone is installed and tested already, and these would do it again.
const DONE_ELSEWHERE = /^(git clone|cd azt3knet|npm ci|npm test|npm run check|npm start)/;
// Needs containers, a cluster, a model or a terminal, or runs until it is stopped.
const SHOWN_ONLY =
  /^(docker|kubectl|ollama|npm ci && npm start|azt3knet (serve|worker|llm cassettes (ex|im)port|(populate|content draft) .*--writer llm)|scripts\/|DATABASE_OWNER_URL=\S+ DATABASE_URL=)|^$/;

/** @param {string} text @param {string} kind */
function blocks(text, kind) {
  return [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1],
  );
}

/** Starts the server and waits for the line that says it runs. */
async function startServer(cwd, env) {
  const server = spawn(process.execPath, [join(root, 'dist/program/main.js')], {
    cwd,
    env: { AZT3KNET_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false }))
    if (String(chunk).includes('Azt3kNet is running')) {
      server.stdout.resume();
      return server;
    }
  throw new Error('the server did not start');
}

/** Leaves out the commands that were carried out before. */
function remaining(block) {
  const lines = block.replaceAll('\\\n', ' ').split('\n');
  const left = lines.map((line) =>
    line.split(' && ').filter((command) => !DONE_ELSEWHERE.test(command.trim())),
  );
  return left.map((commands) => commands.join(' && ')).join('\n');
}

async function run(path) {
  const name = basename(path, '.md');
  const text = readFileSync(join(root, path), 'utf8');
  const shell = blocks(text, 'sh');
  if (shell.length === 0) throw new Error(`${path} lost its commands`);
  const odd = blocks(text, 'console')
    .flatMap((block) => block.split('\n'))
    .find((line) => !SHOWN_ONLY.test(line));
  if (odd !== undefined) throw new Error(`${path} does not run this, and could: ${odd}`);
  const home = join(folder, name);
  mkdirSync(home);
  const env = {
    ...process.env,
    PATH: `${join(root, 'bin')}${delimiter}${process.env.PATH}`,
    XDG_CONFIG_HOME: join(home, '.config'),
    AZT3KNET_DATA_DIR: join(home, '.azt3knet'),
    AZT3KNET_ADMIN_PASSWORD: 'correct horse battery',
  };
  // The README is read in the checkout, a guide anywhere.
  const cwd = name === 'README' ? root : home;
  const started = performance.now();
  const asked = shell
    .map((block) => /^# server\b(.*)$/m.exec(block)?.[1])
    .filter((variables) => variables !== undefined);
  const settings = parseEnv(asked.join('\n').replaceAll(/ +(?=\w+=)/g, '\n'));
  const server = asked.length > 0 ? await startServer(cwd, { ...env, ...settings }) : undefined;
  try {
    const options = { cwd, env, timeout: PATIENCE_MS, stdio: ['ignore', 'inherit', 'inherit'] };
    const script = ['set -v', ...shell.map(remaining)].join('\n');
    const { status, signal } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], options);
    if (status !== 0) throw new Error(`${path}: ${signal ?? `exit ${status}`}`);
  } finally {
    if (server) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
  }
  return `${path}: ${((performance.now() - started) / 1000).toFixed(1)} s`;
}

const guides = readdirSync(join(root, 'docs/guides')).toSorted();
const documents = ['README.md', ...guides.map((name) => `docs/guides/${name}`)];
const unknown = wanted.find((name) => !documents.some((path) => basename(path, '.md') === name));
if (unknown !== undefined)
  throw new Error(`there is no guide ${unknown}; name one as in docs/guides, without .md`);
const times = [];
try {
  for (const path of documents) {
    if (wanted.length === 0 || wanted.includes(basename(path, '.md'))) times.push(await run(path));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`every command of the documents ran\n${times.join('\n')}\n`);
