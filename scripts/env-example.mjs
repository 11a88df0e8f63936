// Writes .env.example from the schema of the configuration.
import { writeFileSync } from 'node:fs';
import { environmentExample } from '../dist/src/core/config/index.js';

writeFileSync(new URL('../.env.example', import.meta.url), environmentExample());
