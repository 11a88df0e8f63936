// A process that runs one azt3knet command after another, as its parent asks: { id, args, cwd, env }. What a command
// prints goes to the standard streams of this process, and `id` between two NUL after it; then { code } is sent.
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommandLine } from '../../dist/src/command-line.js';

const PATIENCE_MS = 30_000;
/** What listens to this process for the time of a command. */
const OF_A_COMMAND = ['SIGINT', 'SIGTERM'];

process.once('disconnect', () => process.exit());
let idle = Infinity;

/** Waits until nothing is left that would keep a command's own process from ending; what stays is a fault of the command. */
async function nothingLeft() {
  const deadline = performance.now() + PATIENCE_MS;
  while (process.getActiveResourcesInfo().length > idle) {
    if (performance.now() > deadline)
      throw new Error(`would not end, for it still has: ${process.getActiveResourcesInfo().join(', ')}`);
    await sleep(5, undefined, { ref: false });
  }
}

async function carryOut({ id, args, cwd, env }) {
  if (idle === Infinity) idle = process.getActiveResourcesInfo().length;
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv.splice(2, Infinity, ...args);
  await runCommandLine();
  await nothingLeft();
  const code = process.exitCode;
  process.exitCode = undefined;
  for (const signal of OF_A_COMMAND) process.removeAllListeners(signal);
  process.stdout.removeAllListeners('error');
  for (const stream of [process.stdout, process.stderr]) stream.write(`\0${id}\0`);
  process.send({ code });
}

process.on('message', (asked) => void carryOut(asked));
process.send('ready');
