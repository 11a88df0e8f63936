// Takes a share in the embedded PostgreSQL of a data folder and says so, one JSON document a line:
//   node postgres-holder.mjs '{"dataDir": "…", "rootHomes": ["…"]}'
// It gives the share back when a line arrives on its standard input, and ends when that is closed.
import { createInterface } from 'node:readline';
import { acquireEmbeddedPostgres } from '../../dist/src/core/database/embedded/index.js';

const say = (document) => process.stdout.write(`${JSON.stringify(document)}\n`);

process.on('SIGINT', () => say({ event: 'interrupted' }));
try {
  const server = await acquireEmbeddedPostgres({
    ...JSON.parse(process.argv[2]),
    log: (line) => say({ event: 'log', line }),
  });
  const { ownerUrl, applicationUrl, port, pid } = server;
  say({ event: 'ready', ownerUrl, applicationUrl, port, pid });
  for await (const line of createInterface({ input: process.stdin })) {
    await server.release();
    say({ event: 'released', line });
  }
} catch (error) {
  say({ event: 'failed', code: error.code, message: error.message, trace: error.stack });
  process.exitCode = 1;
}
