import type { Counter, Histogram } from 'prom-client';
import type { Metrics } from '../metrics/index.js';
import { AllowList } from './allow-list.js';
import { EgressChannel, type ChannelLimits } from './egress-channel.js';
import { EgressError } from './egress.errors.js';
import { asHttp } from './egress-socket.js';
import { resolveBySystem, type Resolve, type TlsPapers } from './guarded-connector.js';

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const DEFAULTS: ChannelLimits = { timeoutMs: 10_000, maxBytes: 4_194_304, retries: 2, connections: 16 };

/** What a purpose needs that others do not. */
export interface ChannelOptions extends Partial<ChannelLimits>, TlsPapers {
  /** URLs that variables of the purpose name; their servers count as listed, for this purpose alone. */
  own?: readonly string[];
}

/** Who hears of requests; pino is one. */
export interface EgressLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface EgressOptions {
  /** Entries of EGRESS_ALLOW. */
  allow: readonly string[];
  metrics?: Metrics;
  log?: EgressLog;
  /** How names become addresses; the system's way unless given. */
  resolve?: Resolve;
}

/**
 * The one way out. Whoever asks servers opens a channel for its purpose, once, and calls its `fetch`:
 *
 * ```ts
 * const mailjet = egress.channel('mailjet', { timeoutMs: 5_000 });
 * const answer = await mailjet.fetch('https://api.mailjet.com/v3.1/send', { method: 'POST', headers, body });
 * ```
 */
export class EgressClient {
  private readonly channels: EgressChannel[] = [];
  private readonly requests: Counter<'purpose' | 'outcome'> | undefined;
  private readonly seconds: Histogram<'purpose'> | undefined;

  constructor(private readonly options: EgressOptions) {
    const { metrics } = options;
    this.requests = metrics?.counter({
      name: 'egress_requests_total',
      help: 'Outgoing requests by what came of them: a class of statuses or the code of an error.',
      labels: ['purpose', 'outcome'],
    });
    this.seconds = metrics?.histogram({
      name: 'egress_request_duration_seconds',
      help: 'Time from an outgoing request to the head of its answer, repetitions included.',
      labels: ['purpose'],
      buckets: SECONDS,
    });
  }

  /** @param purpose a word for logs and metrics, the same for everything that is asked for the same reason */
  channel(purpose: string, { own, ca, cert, key, ...limits }: ChannelOptions = {}): EgressChannel {
    const { allow, resolve = resolveBySystem } = this.options;
    const tell = (exchange: object, outcome: { status: number } | Error, ms: number): void =>
      this.record(purpose, exchange, outcome, ms);
    const list = new AllowList(
      allow,
      own?.map((url) => asHttp(url).href),
    );
    const channel = new EgressChannel(list, { ...DEFAULTS, ...limits }, tell, {
      resolve,
      ca,
      cert,
      key,
    });
    this.channels.push(channel);
    return channel;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all(this.channels.map((channel) => channel.close()));
  }

  private record(purpose: string, exchange: object, outcome: { status: number } | Error, ms: number): void {
    const { log } = this.options;
    const failed = outcome instanceof Error;
    const code = failed ? codeOf(outcome) : `${Math.floor(outcome.status / 100)}xx`;
    this.requests?.inc({ purpose, outcome: code });
    this.seconds?.observe({ purpose }, ms / 1_000);
    const fields = { purpose, ...exchange, duration_ms: Math.round(ms) };
    if (!failed) {
      log?.debug({ ...fields, status: outcome.status }, 'outgoing request');
      return;
    }
    const { cause } = outcome;
    const reason = cause instanceof Error ? cause.message : undefined;
    log?.warn({ ...fields, error: code, reason }, `outgoing request: ${outcome.message}`);
  }
}

function codeOf(error: Error): string {
  return error instanceof EgressError ? error.code : 'error';
}
