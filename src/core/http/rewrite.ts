/** The unversioned form of a path, `/api/populate`, answers as the current version, `/api/v1/populate`. */
export function versionedUrl(url: string): string {
  return url.replace(/^\/api\/(?!v\d+(?:[/?]|$))/, '/api/v1/');
}

export const API_PREFIX = 'api/v1';

/** Paths that operators, their tools and standards ask for, outside of the API. */
export const OPERATIONS = ['health', 'healthz', 'readyz', 'metrics', 'oauth/token', '.well-known/jwks.json'];

/** Those that ask whether the process is well: they must be answered however busy it is, and cost next to nothing. */
export const PROBES: ReadonlySet<string> = new Set(['/health', '/healthz', '/readyz']);
