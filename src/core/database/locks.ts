/** Keys of PostgreSQL advisory locks, one per purpose. */
export const OWNER_LOCK = 4_187_001;
export const AUDIT_LOCK = 4_187_002;
export const SWEEP_LOCK = 4_187_003;
export const SIGNING_KEYS_LOCK = 4_187_004;
export const ROLES_LOCK = 4_187_005;
