export { ApiError, NetworkError, type FieldError } from './api-error.js';
export { Client, createClient, type ClientOptions, type Download } from './client.js';
export type { ApiEvent, EventsOptions } from './events.js';
export { isFinished, type FollowOptions, type Job } from './jobs.js';
export type { components, operations, paths } from './schema.js';
export { isToken, type Identity, type SharedTokens, type TokenPair, type Tokens } from './session.js';
export type { RetryPolicy, Send } from './transport.js';
export type { Call, Data, Item, ListPath } from './types.js';
