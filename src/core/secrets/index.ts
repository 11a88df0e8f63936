export { API_SECRET_FILE, apiSecret, derivedKey } from './api-secret.js';
export { checkSealed, checkSealedRows, sealedTrouble, type SealedCount } from './sealed-check.js';
export { SealedValues } from './sealed-values.js';
export type { SealingKey } from './sealing-keys.js';
export { SealBrokenError, sealContext, Sealing } from './sealing.js';
export { randomSecret, readSecretFile, secretFile } from './secret-file.js';
export { SecretsModule } from './secrets.module.js';
