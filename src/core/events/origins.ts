import { isIP } from 'node:net';

/** Whom pages belong to that may open a WebSocket. */
export interface OwnPlaces {
  /** Origins that may call the API from a browser. */
  corsOrigins: readonly string[];
  /** Where others reach the API, if that is said. */
  publicUrl: string | undefined;
  /** What the API listens on. */
  host: string;
}

/**
 * Whether a page may ask, by what its browser says: it is one of those that may call the API, or one that this server answered. That
 * `Host` is the same as the origin proves that only where no name could lead here that somebody else owns (DNS rebinding).
 * @param origin undefined for programs, which say nothing and are no page
 */
export function mayAsk(
  { origin, host }: { origin?: string | undefined; host?: string | undefined },
  { corsOrigins, publicUrl, host: own }: OwnPlaces,
): boolean {
  if (origin === undefined || corsOrigins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (publicUrl !== undefined && page.origin === new URL(publicUrl).origin) return true;
  return page.host === host?.toLowerCase() && isOwnName(page.hostname, own);
}

/** An address is nobody's name; `localhost` and what the API listens on are ours. */
function isOwnName(hostname: string, own: string): boolean {
  if (isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0) return true;
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === own.toLowerCase();
}
