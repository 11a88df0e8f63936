/** A bot in the form that the API shows it in. */
export interface Self {
  bot: Record<string, unknown> & { bot_id: string; status: string; configuration: Record<string, unknown> };
  /** Its newest transitions, the newest first. */
  history: { status: string; reason: string | null; at: string }[];
}

/** An answer of the API that is no success. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly body: unknown;
}

type Level = 'debug' | 'info' | 'warn' | 'error';
type Log = (message: string, fields?: Record<string, unknown>) => void;

/** A bot, from the inside. Make one, give it commands, and run it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- who makes it knows what its schema is
export class Bot<Configuration = Record<string, unknown>> {
  readonly id: string;
  /** As its blueprint's schema wants it, defaults filled in. */
  readonly configuration: Configuration;
  /** Aborted when the bot is to end. */
  readonly stopping: AbortSignal;
  /** Whether it has something to do; with `progress` it tells a bot that is stuck from one that is idle. */
  working: boolean;
  /** To grow whenever something was done. */
  progress: number;
  /** For people: what it does at the moment, 200 characters at most. */
  activity: string;
  /** One JSON object a line on standard output. */
  readonly log: Readonly<Record<Level, Log>>;

  /** Counts requests, and how many of them failed, for its metrics. */
  count(requests: number, errors?: number): void;
  /** Does something when it is told to; what it returns, or the error's message, is the result. */
  command(name: string, handler: (given: Record<string, unknown>) => unknown): this;
  /** Called once when it is to end, before it does; all together have the grace period of the blueprint. */
  onStop(handler: () => unknown): this;
  /** Beats, and does `work` until it returns or the bot is stopped; without work, beats until it is stopped. Ends the process. */
  run(work?: (bot: this) => unknown): Promise<void>;
  /** Waits; ends early, without an error, when the bot is to end. */
  sleep(seconds: number): Promise<void>;
  /** What the registry knows of it. */
  self(): Promise<Self>;
  /** What it kept; null: nothing. */
  state(): Promise<Record<string, unknown> | null>;
  /** Keeps up to 64 KB from one process to the next. */
  keep(state: Record<string, unknown>): Promise<void>;
  /** Calls the API with the permissions of its blueprint; counts itself. @throws ApiFailure */
  api<Answer = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer>;
}
