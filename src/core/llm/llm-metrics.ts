import type { Counter, Histogram } from 'prom-client';
import type { Metrics } from '../metrics/index.js';
import type { Answer } from './backends/backend.js';
import type { Dispatcher } from './flow/dispatcher.js';
import { AppError } from '../errors/index.js';
import { BACKENDS, type BackendName } from './llm.types.js';

/** From a cached token to a long answer of a slow machine. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320];

export interface CallLabels {
  backend: BackendName;
  purpose: string;
}

/** What is measured of calls. */
export class LlmMetrics {
  private readonly calls: Counter<'backend' | 'purpose' | 'outcome'>;
  private readonly seconds: Histogram<'backend' | 'purpose'>;
  private readonly tokens: Counter<'backend' | 'purpose' | 'direction'>;
  private readonly retries: Counter<'backend' | 'reason'>;

  constructor(metrics: Metrics, dispatcher: Dispatcher) {
    this.calls = metrics.counter({
      name: 'llm_calls_total',
      help: 'Calls of language models by what came of them: answered, replayed, shared, or the code of an error.',
      labels: ['backend', 'purpose', 'outcome'],
    });
    this.seconds = metrics.histogram({
      name: 'llm_call_duration_seconds',
      help: 'Time that a model needed for an answer, without waiting for a place.',
      labels: ['backend', 'purpose'],
      buckets: SECONDS,
    });
    this.tokens = metrics.counter({
      name: 'llm_tokens_total',
      help: 'Tokens that models read (input) and wrote (output).',
      labels: ['backend', 'purpose', 'direction'],
    });
    this.retries = metrics.counter({
      name: 'llm_retries_total',
      help: 'Attempts that were made again: the server was overloaded, or it failed.',
      labels: ['backend', 'reason'],
    });
    observeServers(metrics, dispatcher);
  }

  answered({ backend, purpose }: CallLabels, { tokens, timing }: Answer): void {
    this.calls.inc({ backend, purpose, outcome: 'answered' });
    this.seconds.observe({ backend, purpose }, timing.total_ms / 1_000);
    this.tokens.inc({ backend, purpose, direction: 'input' }, tokens.input);
    this.tokens.inc({ backend, purpose, direction: 'output' }, tokens.output);
  }

  /** @param outcome `replayed`, `shared`, or what was thrown */
  ended({ backend, purpose }: CallLabels, outcome: 'replayed' | 'shared' | { error: unknown }): void {
    this.calls.inc({
      backend,
      purpose,
      outcome: typeof outcome === 'string' ? outcome : codeOf(outcome.error),
    });
  }

  retried(backend: BackendName, isOverloaded: boolean): void {
    this.retries.inc({ backend, reason: isOverloaded ? 'overloaded' : 'failed' });
  }
}

/** The code of an error of ours; whatever else ends a call is the caller's wish. */
function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'cancelled';
}

function observeServers(metrics: Metrics, dispatcher: Dispatcher): void {
  metrics.gauge(
    { name: 'llm_waiting', help: 'Calls that wait for a place.', labels: ['backend'] },
    (gauge) => {
      for (const backend of BACKENDS) gauge.set({ backend }, dispatcher.waitingFor(backend));
    },
  );
  const perServer = (
    name: string,
    help: string,
    value: (server: Dispatcher['servers'][number]) => number,
  ): void => {
    metrics.gauge({ name, help, labels: ['backend', 'server'] }, (gauge) => {
      for (const server of dispatcher.servers) {
        gauge.set({ backend: server.backend, server: new URL(server.url).origin }, value(server));
      }
    });
  };
  perServer('llm_active', 'Calls that a server works on.', ({ active }) => active);
  perServer(
    'llm_concurrency_limit',
    'Calls that a server is given at once, as found out.',
    (server) => server.concurrency,
  );
  perServer('llm_breaker_open', 'Whether a server is left alone after failures.', ({ state }) =>
    state === 'closed' ? 0 : 1,
  );
}
