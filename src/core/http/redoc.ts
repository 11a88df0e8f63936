import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';

const SCRIPT = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Azt3kNet API reference</title>
<style>body { margin: 0 }</style>
</head>
<body>
<redoc spec-url="/docs/openapi.json" hide-download-button="false" disable-google-font></redoc>
<script src="/redoc/redoc.standalone.js"></script>
</body>
</html>
`;

/** Serves the reference of the API at /redoc, from this machine alone. */
export function serveRedoc(fastify: FastifyInstance): void {
  fastify.get('/redoc', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  fastify.get('/redoc/redoc.standalone.js', (_request, reply) =>
    reply
      .header('Cache-Control', 'public, max-age=86400')
      .type('text/javascript; charset=utf-8')
      .send(createReadStream(SCRIPT)),
  );
}
