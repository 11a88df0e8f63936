/** Where routes stand in the documentation, and what can have a rate limit of its own. */
export const ROUTE_GROUPS = [
  'agents',
  'audit',
  'auth',
  'bots',
  'campaigns',
  'commands',
  'compliance',
  'content',
  'events',
  'exports',
  'healing',
  'jobs',
  'llm',
  'networks',
  'scenarios',
  'simulations',
  'templates',
  'workflows',
] as const;
export type RouteGroup = (typeof ROUTE_GROUPS)[number];
