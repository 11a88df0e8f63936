// Fails when the migrations make another schema than the entities describe. Uses an embedded database of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { compose } from '../dist/src/composition.js';
import { loadConfig } from '../dist/src/core/config/index.js';
import { databaseDrift, openDatabase, upgradeDatabase } from '../dist/src/core/database/index.js';

const dataDir = mkdtempSync(join(tmpdir(), 'azt3knet-drift-'));
const database = await openDatabase(loadConfig({ AZT3KNET_DATA_DIR: dataDir }, dataDir));
try {
  await upgradeDatabase(database);
  const entities = getMetadataArgsStorage().tables.map((table) => table.target);
  const drift = await databaseDrift(database, entities);
  for (const statement of drift) process.stderr.write(`${statement}\n`);
  // The entities are known once what is composed is loaded.
  if (typeof compose !== 'function' || entities.length === 0) throw new Error('no entity was found');
  if (drift.length > 0) process.exitCode = 1;
} finally {
  await database.release();
  rmSync(dataDir, { recursive: true, force: true });
}
