import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** What a page may read of an answer besides its body. */
const EXPOSED = [
  'ETag',
  'Location',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Content-Disposition',
  'X-Request-Id',
  'X-Synthetic',
];
/** How long a browser need not ask again, in seconds. */
const REMEMBERED = 600;

/**
 * Lets pages of these origins call the API from a browser. Without any nothing is said, and browsers refuse every page but
 * those that the API serves. Callers prove themselves by a header and never by a cookie, so none is let through.
 */
export function allowOrigins(app: NestFastifyApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.enableCors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: REMEMBERED,
  });
}
