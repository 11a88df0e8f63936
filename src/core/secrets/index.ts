export { randomSecret, secretFile } from './secret-file.js';
