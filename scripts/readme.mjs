// Runs the commands that README.md shows in its ```sh blocks, as written, with a data folder of its own.
// Blocks that begin with `# server` need a running server: it is started for them and stopped afterwards.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
if (blocks.length < 3) throw new Error('README.md lost its commands');

const folder = mkdtempSync(join(tmpdir(), 'azt3knet-readme-'));
const env = {
  ...process.env,
  AZT3KNET_DATA_DIR: join(folder, 'data'),
  AZT3KNET_ADMIN_PASSWORD: 'correct horse battery',
};
// The clone is installed and tested already, and these would do it again.
const DONE_ELSEWHERE = /^(git clone|cd azt3knet|npm ci|npm test|npm run check|npm start)/;

/** Starts `npm start` and waits for the line that says it runs. */
async function startServer() {
  const server = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of server.stdout) if (String(chunk).includes('Azt3kNet is running')) return server;
  throw new Error('the server did not start');
}

async function run(block) {
  const server = block.startsWith('# server') ? await startServer() : undefined;
  try {
    const lines = block.replaceAll('\\\n', ' ').split('\n');
    const script = lines
      .map((line) =>
        line
          .split(' && ')
          .filter((command) => !DONE_ELSEWHERE.test(command.trim()))
          .join(' && '),
      )
      .join('\n');
    process.stdout.write(`README: ${script.trim() === '' ? '(done elsewhere)' : script.trim()}\n`);
    const result = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (result.status !== 0) throw new Error(`exit ${result.status}`);
  } finally {
    if (server) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
  }
}

try {
  for (const block of blocks) await run(block);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
