/**
 * How long a process believes what it has read of keys, sessions and users, in milliseconds. A check may need two readings,
 * one after the other: a revocation takes effect everywhere within a second.
 */
export const FRESH_MS = 400;
