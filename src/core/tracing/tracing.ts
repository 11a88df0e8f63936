import type { Attributes, Context, Span, SpanKind } from '@opentelemetry/api';
import type { Tracing, TracingConfig } from './tracing.types.js';

export interface SpanOptions {
  kind?: keyof typeof SpanKind;
  attributes?: Attributes;
  /** A `traceparent` from elsewhere; without, the span belongs to the one that is current. */
  parent?: string | null;
}

let current: Tracing | undefined;
/** The span of the command that this process is for; what happens outside of any other span belongs to it. */
let root: Context | undefined;

/** Tracing, while it is on. */
export function tracing(): Tracing | undefined {
  return current;
}

/**
 * Turns tracing on when it is configured and not on yet.
 * @param log hears of a collector that takes nothing
 * @returns turns it off, after what is left was sent
 */
export async function startTracing(
  config: TracingConfig,
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  if (!config.features.tracing || current !== undefined) return () => Promise.resolve();
  const { openTelemetry } = await import('./open-telemetry.js');
  const started = await openTelemetry(config, log);
  current = started;
  return async () => {
    current = undefined;
    root = undefined;
    await started.shutdown();
  };
}

/** The context of a new span: of a `traceparent`, of the current span, or of the command. */
function parentOf({ api }: Tracing, parent: string | null | undefined): Context {
  const active = api.context.active();
  if (parent !== undefined && parent !== null)
    return api.propagation.extract(api.ROOT_CONTEXT, { traceparent: parent });
  return api.trace.getSpan(active) === undefined ? (root ?? active) : active;
}

function startSpan(on: Tracing, name: string, { kind, attributes, parent }: SpanOptions) {
  const context = parentOf(on, parent);
  const options = {
    kind: on.api.SpanKind[kind ?? 'INTERNAL'],
    ...(attributes && { attributes }),
  };
  const span = on.tracer.startSpan(name, options, context);
  return { span, context: on.api.trace.setSpan(context, span) };
}

function fail({ api }: Tracing, span: Span, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  span.setStatus({ code: api.SpanStatusCode.ERROR, message });
  span.recordException({ name, message });
}

/**
 * Does work inside a span, which ends with it; without tracing it is just done.
 * @param work is given the span, for what it knows afterwards only
 */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span?: Span) => Promise<T>,
): Promise<T> {
  const on = current;
  if (on === undefined) return work();
  const { span, context } = startSpan(on, name, options);
  try {
    return await on.api.context.with(context, () => work(span));
  } catch (error) {
    fail(on, span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Begins the span of the command that this process is for. @returns ends it, with the error if there was one */
export function beginCommandSpan(name: string): (error?: unknown) => void {
  const on = current;
  if (on === undefined) return () => {};
  const { span, context } = startSpan(on, name, {});
  root = context;
  return (error) => {
    if (error !== undefined) fail(on, span, error);
    span.end();
  };
}

/** The headers (`traceparent`) by which another process goes on with the current trace; empty while tracing is off. */
export function traceHeaders(): Record<string, string> {
  const on = current;
  const headers: Record<string, string> = {};
  if (on !== undefined) on.api.propagation.inject(parentOf(on, undefined), headers);
  return headers;
}

/** The ids of the current span, for log lines. */
export function traceLogFields(): { trace_id?: string; span_id?: string } {
  const on = current;
  if (on === undefined) return {};
  const span = on.api.trace.getSpan(parentOf(on, undefined));
  if (span === undefined) return {};
  const { traceId, spanId } = span.spanContext();
  return { trace_id: traceId, span_id: spanId };
}
