/** Days that a session can go without being refreshed, and a retired key goes on verifying. */
export const REFRESH_DAYS = 7;

/** Days after which a session ends, however often it is refreshed. */
export const SESSION_DAYS = 30;
