export { apiSecret, derivedKey } from './api-secret.js';
export { randomSecret, secretFile } from './secret-file.js';
