import { setTimeout } from 'node:timers/promises';
import * as api from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { SecretSource } from '../secrets/secret-source.js';
import { VERSION } from '../version.js';
import type { Tracing, TracingConfig } from './tracing.types.js';

const BATCH_MS = 2_000;
const EXPORT_TIMEOUT_MS = 3_000;
const SHUTDOWN_PATIENCE_MS = 4_000;
/** A collector that is away is told of so often. */
const COMPLAINT_EVERY_MS = 60_000;

const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS';

/** `name=value,name=value`, percent-encoded. */
function parseHeaders(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=');
      return [decodeURIComponent(pair.slice(0, at).trim()), decodeURIComponent(pair.slice(at + 1).trim())];
    }),
  );
}

/** The headers at this moment: a token that is rotated in its file needs no restart. The exporter bears no errors. */
async function headersFrom(secrets: SecretSource, complain: Complaint): Promise<Record<string, string>> {
  try {
    const found = await secrets.read(HEADERS);
    return found === undefined ? {} : parseHeaders(found.text);
  } catch (error) {
    complain(`${HEADERS}: ${(error as Error).message}`);
    return {};
  }
}

type Complaint = (what: string) => void;

function rarely(log: (line: string) => void): Complaint {
  let last = -Infinity;
  return (what) => {
    if (performance.now() - last < COMPLAINT_EVERY_MS) return;
    last = performance.now();
    log(`traces are lost: ${what}`);
  };
}

/** The collector's failures would otherwise be silent. */
function complaining(exporter: SpanExporter, complain: Complaint): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error !== undefined) complain(result.error.message);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** Sends traces to the collector that the configuration names. */
export async function openTelemetry(config: TracingConfig, log: (line: string) => void): Promise<Tracing> {
  const { otlpEndpoint, serviceName } = config.observability;
  const complain = rarely(log);
  const exporter = new OTLPTraceExporter({
    url: `${String(otlpEndpoint).replace(/(?<!\/)\/+$/, '')}/v1/traces`,
    headers: () => headersFrom(config.secrets, complain),
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        [ATTR_SERVICE_NAME]: serviceName,
        [ATTR_SERVICE_VERSION]: VERSION,
        'deployment.environment.name': config.environment,
      }),
    ),
    spanProcessors: [
      new BatchSpanProcessor(complaining(exporter, complain), { scheduledDelayMillis: BATCH_MS }),
    ],
  });
  provider.register();
  return {
    api,
    tracer: provider.getTracer('azt3knet', VERSION),
    shutdown: async () => {
      const end = provider.shutdown().catch((error: unknown) => complain(String(error)));
      await Promise.race([end, setTimeout(SHUTDOWN_PATIENCE_MS, undefined, { ref: false })]);
      for (const part of [api.trace, api.context, api.propagation]) part.disable();
    },
  };
}
