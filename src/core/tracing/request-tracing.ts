import type { Context, Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tracing } from './tracing.js';
import type { Tracing } from './tracing.types.js';

/** Probes would fill the traces. */
const UNTRACED = /^\/(?:health|readyz|metrics)/;

const spans = new WeakMap<FastifyRequest, { span: Span; context: Context }>();

/** Gives every request a span, which goes on with the trace of its `traceparent`. */
export function traceRequests(fastify: FastifyInstance): void {
  const on = tracing();
  if (on === undefined) return;
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!UNTRACED.test(request.url)) spans.set(request, begin(on, request));
    done();
  });
  // Once the body is read, which leaves the context of what came before.
  fastify.addHook('preValidation', (request, _reply, done) => inTraceOf(request, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    end(on, request, reply);
    done();
  });
}

/** Runs `work` in the trace of a request. */
export function inTraceOf(request: FastifyRequest, work: () => void): void {
  const found = spans.get(request);
  const on = tracing();
  if (found === undefined || on === undefined) work();
  else on.api.context.with(found.context, work);
}

function begin({ api, tracer }: Tracing, request: FastifyRequest): { span: Span; context: Context } {
  const parent = api.propagation.extract(api.ROOT_CONTEXT, request.headers);
  const span = tracer.startSpan(
    request.method,
    {
      kind: api.SpanKind.SERVER,
      attributes: {
        'http.request.method': request.method,
        // Without the query, which may hold tokens.
        'url.path': request.url.replace(/\?.*/s, ''),
        'url.scheme': request.protocol,
      },
    },
    parent,
  );
  return { span, context: api.trace.setSpan(parent, span) };
}

function end({ api }: Tracing, request: FastifyRequest, reply: FastifyReply): void {
  const { span } = spans.get(request) ?? {};
  if (span === undefined) return;
  const route = request.routeOptions.url;
  if (route !== undefined) {
    span.updateName(`${request.method} ${route}`);
    span.setAttribute('http.route', route);
  }
  span.setAttribute('http.response.status_code', reply.statusCode);
  if (reply.statusCode >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
  span.end();
}
