import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { inTraceOf } from '../tracing/index.js';
import { searchedFields, withLogFields } from './log-fields.js';

/** Probes would fill the log. */
const UNLOGGED = /^\/(?:health|readyz|metrics)/;

/** Parameters of a query that are secrets, whatever case and list brackets they come in. */
const SECRET =
  /^(?:access_token|refresh_token|id_token|token|signature|code|code_verifier|client_secret|client_assertion|assertion|secret|password|passphrase|totp_code|otp|api_key|apikey|key|authorization)$/;

/** A URL without the values of parameters that are secrets. */
function shownUrl(url: string): string {
  const start = url.indexOf('?');
  if (start === -1) return url;
  const shownParts = url
    .slice(start + 1)
    .split('&')
    .map((part) => {
      const [name = ''] = part.split('=', 1);
      return part.length > name.length && SECRET.test(plainName(name)) ? `${name}=…` : part;
    });
  return `${url.slice(0, start)}?${shownParts.join('&')}`;
}

/** A parameter's name as a server reads it: `%63ode[]` is `code`. */
function plainName(name: string): string {
  const [decoded = ''] = new URLSearchParams(name).keys();
  return decoded.replace(/\[.*$/s, '').toLowerCase();
}

/** Who calls, as far as the access guard came to know. */
type Identified = FastifyRequest & { user?: { username: string; keyId?: string } };

function shown({ id, method, url, ip, user }: Identified): object {
  const key = user?.keyId;
  return {
    id,
    method,
    url: shownUrl(url),
    address: ip,
    user: user?.username,
    ...(key !== undefined && { key }),
  };
}

/**
 * Logs every answer, and gives what is logged on the way the id of its request. Hooks of Fastify and not a middleware:
 * Nest's middleware costs a tenth of a short request.
 */
export function logRequests(fastify: FastifyInstance): void {
  const { root } = PinoLogger;
  if (!root.isLevelEnabled('fatal')) return;
  // Once the body is read, which leaves the context of what came before.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const fields = searchedFields(request.query, request.body, request.params);
    withLogFields({ req: { id: request.id }, ...fields }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { statusCode, elapsedTime } = reply;
    const line = {
      req: shown(request),
      res: { statusCode },
      responseTime: Math.round(elapsedTime * 10) / 10,
    };
    inTraceOf(request, () => {
      if (statusCode >= 500) root.error(line, 'request failed');
      else if (!UNLOGGED.test(request.url)) root.info(line, 'request completed');
    });
    done();
  });
}
