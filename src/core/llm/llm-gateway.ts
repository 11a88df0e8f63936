import type { LlmConfig } from '../config/index.js';
import type { EgressClient } from '../egress/index.js';
import type { Metrics } from '../metrics/index.js';
import type { Backend } from './backends/backend.js';
import { openBackends } from './backends/open-backends.js';
import { digestOrProblem, problemOf } from './backends/reachable.js';
import type { Cassettes } from './cassettes/cassettes.service.js';
import { CassetteError } from './cassettes/cassette.errors.js';
import { Dispatcher } from './flow/dispatcher.js';
import type { RepeatOptions } from './flow/repeat.js';
import { Server } from './flow/server.js';
import { LlmMetrics } from './llm-metrics.js';
import type {
  BackendName,
  CallOptions,
  CassetteMode,
  Completion,
  Forecast,
  Gateway,
  LanguageModel,
  LlmRequest,
  ModelIdentity,
  RecordsOptions,
  SessionOptions,
  UsageTotals,
} from './llm.types.js';
import { ModelCalls } from './model-calls.js';
import { Session } from './session.js';
import { Experience, Meter } from './usage.js';

/** How patient the gateway is. Times in milliseconds. */
export interface FlowOptions extends RepeatOptions {
  /** Failures in a row after which a server is left alone, and for how long. */
  breakAfter: number;
  breakMs: number;
  /** So long what `auto` found is believed. */
  choiceMs: number;
}

const FLOW: FlowOptions = {
  retries: 4,
  firstDelayMs: 250,
  longestDelayMs: 15_000,
  breakAfter: 5,
  breakMs: 10_000,
  choiceMs: 30_000,
};

/** What a gateway is made of. */
export interface GatewayParts {
  config: LlmConfig;
  egress: EgressClient;
  metrics: Metrics;
  /** Where answers are kept; without, the mode is `live`. */
  cassettes: Pick<Cassettes, 'tape'> | undefined;
  flow?: Partial<FlowOptions>;
}

/** Whether a server is asked: after failures in a row it is left alone for a while. */
export interface Breaker {
  backend: BackendName;
  url: string;
  state: Server['state'];
  /** Calls that it was given since this process began, and those that it failed. */
  attempts: number;
  errors: number;
}

/** How a server is. */
export interface ServerStatus {
  url: string;
  /** Why it cannot be asked; null when it can. */
  problem: string | null;
  breaker: Server['state'];
  active: number;
  /** Calls that it is given at once, as found out. */
  limit: number;
}

/** How a backend is. */
export interface BackendStatus {
  backend: BackendName;
  model: string;
  /** Null where no server tells. */
  model_digest: string | null;
  /** Why the model cannot be asked; null when it can. */
  problem: string | null;
  waiting: number;
  servers: ServerStatus[];
}

/** How the gateway of this process is. */
export interface GatewayStatus {
  /** What calls go to that name none. */
  backend: BackendName;
  mode: CassetteMode;
  cassette: string | null;
  backends: BackendStatus[];
  totals: UsageTotals;
}

/** The one way to language models of a process; see {@link Gateway}. */
export class LlmGateway implements Gateway {
  private readonly backends: ReadonlyMap<BackendName, Backend>;
  private readonly dispatcher: Dispatcher;
  private readonly experience = new Experience();
  private readonly calls: ModelCalls;
  private readonly flow: FlowOptions;
  private readonly own: LanguageModel;
  private choice: { backend: Promise<BackendName>; until: number } | undefined;

  constructor(private readonly parts: GatewayParts) {
    const { config, egress, metrics } = parts;
    this.flow = { ...FLOW, ...parts.flow };
    this.backends = openBackends(config, egress);
    const limits = { max: config.concurrency, ...this.flow };
    const servers = [...this.backends.values()].flatMap(({ name, servers: urls }) =>
      urls.map((url) => new Server(name, url, limits)),
    );
    this.dispatcher = new Dispatcher(servers, config.concurrency);
    this.calls = new ModelCalls({
      backends: this.backends,
      dispatcher: this.dispatcher,
      metrics: new LlmMetrics(metrics, this.dispatcher),
      experience: this.experience,
      repeat: this.flow,
    });
    this.own = this.session();
  }

  complete<T = string>(request: LlmRequest, options?: CallOptions<T>): Promise<Completion<T>> {
    return this.own.complete(request, options);
  }

  records<T>(n: number, request: LlmRequest, options: RecordsOptions<T>): Promise<T[]> {
    return this.own.records(n, request, options);
  }

  identity(request: LlmRequest): Promise<ModelIdentity> {
    return this.own.identity(request);
  }

  forecast(request: LlmRequest, calls: number): Promise<Forecast> {
    return this.own.forecast(request, calls);
  }

  totals(): UsageTotals {
    return this.own.totals();
  }

  /** @throws CassetteError `cassette_invalid` where a mode needs a cassette and none is named */
  session(options: SessionOptions = {}): LanguageModel {
    const { config, cassettes } = this.parts;
    const mode = options.mode ?? config.mode;
    const name = options.cassette ?? config.cassette;
    if (mode !== 'live' && (name === undefined || cassettes === undefined)) {
      throw CassetteError.nameInvalid(`is needed for the mode ${mode}`);
    }
    return new Session({
      calls: this.calls,
      meter: new Meter(config.prices),
      tape: mode === 'live' || name === undefined ? undefined : cassettes?.tape(name, mode),
      options,
      configured: () => this.configured(),
      modelOf: (backend) => this.backends.get(backend)?.model,
      forecast: (backend, request, calls) => this.forecastOf(backend, request, calls),
    });
  }

  /** The breaker of each configured server, as it is in this process. */
  breakers(): Breaker[] {
    return this.dispatcher.servers.map(({ backend, url, state, counts }) => ({
      backend,
      url,
      state,
      ...counts,
    }));
  }

  /** Has this process leave a server alone for so many milliseconds. */
  openBreaker({ backend, url }: Pick<Breaker, 'backend' | 'url'>, ms: number): void {
    for (const server of this.serversOf(backend)) if (server.url === url) server.hold(ms);
  }

  /** Asks every configured server how it is. */
  async status(): Promise<GatewayStatus> {
    const { mode, cassette = null } = this.parts.config;
    const [backend, ...backends] = await Promise.all([
      this.configured(),
      ...[...this.backends.values()].map((each) => this.statusOf(each)),
    ]);
    return { backend, mode, cassette, backends, totals: this.totals() };
  }

  /** What the configuration means now: with `auto`, the first backend of which a server answers. */
  private configured(): Promise<BackendName> {
    const { backend } = this.parts.config;
    if (backend !== 'auto') return Promise.resolve(backend);
    if (this.choice === undefined || this.choice.until <= performance.now()) {
      this.choice = { backend: this.choose(), until: performance.now() + this.flow.choiceMs };
    }
    return this.choice.backend;
  }

  private async choose(): Promise<BackendName> {
    for (const backend of this.backends.values()) {
      const problems = await Promise.all(backend.servers.map((server) => problemOf(backend, server)));
      if (problems.includes(undefined)) return backend.name;
    }
    return 'rules';
  }

  private forecastOf(backend: BackendName, request: LlmRequest, calls: number): Forecast {
    if (backend === 'rules') {
      return { calls, tokens: { input: 0, output: 0 }, cost: (0).toFixed(6), seconds: 0 };
    }
    const limits = this.serversOf(backend).map(({ concurrency }) => concurrency);
    const sum = limits.reduce((total, limit) => total + limit, 0);
    const concurrency = Math.max(1, Math.min(sum, this.parts.config.concurrency));
    return this.experience.forecast(request, calls, concurrency, this.parts.config.prices);
  }

  private async statusOf(backend: Backend): Promise<BackendStatus> {
    const servers = await Promise.all(
      this.serversOf(backend.name).map(async ({ url, state, active, concurrency }) => ({
        url,
        problem: (await problemOf(backend, url)) ?? null,
        breaker: state,
        active,
        limit: concurrency,
      })),
    );
    const able = servers.find(({ problem }) => problem === null);
    const known = able && (await digestOrProblem(backend, able.url));
    return {
      backend: backend.name,
      model: backend.model,
      model_digest: known !== undefined && 'digest' in known ? known.digest : null,
      problem: known !== undefined && 'problem' in known ? known.problem : (servers[0]?.problem ?? null),
      waiting: this.dispatcher.waitingFor(backend.name),
      servers,
    };
  }

  private serversOf(name: BackendName): Server[] {
    return this.dispatcher.servers.filter(({ backend }) => backend === name);
  }
}
