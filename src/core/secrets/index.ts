export { ensureDataDir, randomSecret, secretFile } from './secret-file.js';
