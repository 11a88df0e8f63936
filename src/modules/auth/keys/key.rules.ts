import type { Caller, Permission } from '../../../core/http/index.js';
import type { ApiKey } from './api-key.entity.js';

/** How the key of the configuration is called where others have an id: it acts as the administrator who set it. */
export const OPERATOR_KEY = 'ADMIN_API_KEY';

/** Id of the key, or of the client's secret, that a program calls with; undefined for a person, and for the operator's own tools. */
export function programKey({ keyId }: Caller): string | undefined {
  return keyId === OPERATOR_KEY ? undefined : keyId;
}

/** Whether it is the very key that is called with: a token of a client is less than the client's secret. */
export function isItself({ id, kind }: Pick<ApiKey, 'id' | 'kind'>, { keyId }: Caller): boolean {
  return id === keyId && kind === 'key';
}

/**
 * Whether a key may do no more than the caller.
 * @param held what the role of the key's user may do
 */
export function isWithin(
  { scopes }: Pick<ApiKey, 'scopes'>,
  held: ReadonlySet<Permission>,
  { permissions }: Caller,
): boolean {
  return (scopes ?? [...held]).every((scope) => permissions.has(scope));
}
