export { API_SECRET_FILE, apiSecret, derivedKey } from './api-secret.js';
export { randomSecret, readSecretFile, secretFile } from './secret-file.js';
export { SecretFiles } from './secret-files.js';
export { GivenSecrets, Secrets, type SecretSource, type SecretValue } from './secret-source.js';
