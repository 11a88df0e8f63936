import type { INestApplicationContext, Type } from '@nestjs/common';
import type { Client } from '@azt3knet/client';
import type { Command } from 'commander';
import type { Config } from '../config/index.js';
import { AppError } from '../errors/index.js';
import { Output, type OutputFormat } from './output.js';
import { apiUrlOf, remoteClient } from './remote.js';

/**
 * How much of the application a command opens in this process: its services, with a worker that runs jobs, or the API
 * without or with one.
 */
export type CliMode = 'services' | 'worker' | 'api' | 'all';

/** An open application. */
export interface CliApplication {
  context: INestApplicationContext;
  /** A client of its API, where it has one. */
  client?: Client;
  close(): Promise<void>;
}

/** Something that runs until it is stopped. */
export interface Service {
  started: Promise<unknown>;
  stop(): Promise<void>;
}

export interface GlobalOptions {
  output: OutputFormat;
  json?: boolean;
  quiet?: boolean;
  seed?: string;
  apiUrl?: string;
}

/** A feature's commands. */
export type CommandRegistrar = (program: Command, cli: Cli) => void;

class LocalOnlyError extends AppError {
  constructor() {
    const message = 'this command works on the machine that it runs on, and not on a server';
    super('invalid', 'local_only', `--api-url: ${message}`, [{ field: 'api_url', message }]);
  }
}

/** What commands share: output, configuration, and an application or a server, opened once and closed in the end. */
export class Cli {
  private application: Promise<CliApplication> | undefined;
  private remote: Promise<Client> | undefined;
  /** The server that a client was made of, for who says what went wrong. */
  reached: string | undefined;
  /** The command that runs. */
  running: Command | undefined;
  private closing: Promise<void> | undefined;
  private server: Service | undefined;
  /** Whether the command is being stopped: what fails from then on is nobody's mistake. */
  interrupted = false;
  private toldLocal = false;
  private readonly interruptions = new Map<() => Promise<void>, 'SIGINT' | 'any'>();

  constructor(
    private readonly program: Command,
    readonly config: () => Config,
    private readonly open: (mode: CliMode) => Promise<CliApplication>,
  ) {}

  get output(): Output {
    const { json, output, quiet } = this.options;
    return new Output({ format: json === true ? 'json' : output, quiet: quiet === true });
  }

  /** The global `--seed`, if given. */
  get seed(): string | undefined {
    return this.options.seed;
  }

  /** The server that the command is for; undefined: this machine. @throws AppError `api_url_invalid` */
  get apiUrl(): string | undefined {
    const url = this.options.apiUrl ?? this.config().remote.url;
    return url === undefined ? undefined : apiUrlOf(url);
  }

  /** A command that somebody may go on with, on the same server. @param words without `azt3knet` */
  hint(words: string): string {
    const { apiUrl } = this.options;
    return `azt3knet ${words}${apiUrl === undefined ? '' : ` --api-url ${apiUrl}`}`;
  }

  /**
   * The API: of the server that `--api-url` names, or of an application in this process.
   * @param runsJobs whether a job that the command waits for has to run in this process, where it is local
   */
  async api({ runsJobs = false }: { runsJobs?: boolean } = {}): Promise<Client> {
    const { apiUrl } = this;
    if (apiUrl !== undefined) {
      this.reached = apiUrl;
      this.remote ??= remoteClient(apiUrl, this.config().remote.token);
      return this.remote;
    }
    return (await this.opened(runsJobs ? 'all' : 'api')).client as Client;
  }

  /** A service of the application in this process, which is opened if it is not. For what only this machine can do. */
  async service<T>(type: Type<T>, mode: CliMode = 'services'): Promise<T> {
    this.requireLocal();
    return (await this.opened(mode)).context.get(type, { strict: false });
  }

  /** @throws AppError `local_only` when the command is asked to work on a server */
  requireLocal(): void {
    if (this.options.apiUrl !== undefined) throw new LocalOnlyError();
    const { url } = this.config().remote;
    if (url === undefined || this.toldLocal) return;
    this.toldLocal = true;
    this.output.note(`this works on this machine, and not on ${apiUrlOf(url)} (AZT3KNET_API_URL)`);
  }

  async close(): Promise<void> {
    // When it could not be opened, the command has said why.
    this.closing ??= this.application?.then(
      (application) => application.close(),
      () => undefined,
    );
    await this.closing;
  }

  /** Lets a server run until a signal ends it, which is how it is to end: with exit code 0. */
  async serve(server: Service): Promise<never> {
    this.server = server;
    try {
      await server.started;
    } catch (error) {
      await server.stop();
      throw error;
    }
    return new Promise(() => {});
  }

  /** Calls `stop` when the person presses Ctrl-C, or with `any` on a termination too, while `work` goes on. */
  async interruptible<T>(
    stop: () => Promise<void>,
    work: () => Promise<T>,
    on: 'SIGINT' | 'any' = 'SIGINT',
  ): Promise<T> {
    this.interruptions.set(stop, on);
    try {
      return await work();
    } finally {
      this.interruptions.delete(stop);
      // What would be closed next may still be needed to stop.
      await this.pass();
    }
  }

  /** Ctrl-C or a termination: stops what is going on, closes, and exits. */
  async interrupt(signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
    this.interrupted = true;
    if (this.server !== undefined) {
      await this.server.stop();
      process.exit(0);
    }
    const code = signal === 'SIGINT' ? 130 : 143;
    const heard = [...this.interruptions].filter(([, on]) => on === 'any' || on === signal);
    await Promise.allSettled(heard.map(([stop]) => stop()));
    await this.close().catch(() => undefined);
    process.exit(code);
  }

  private get options(): GlobalOptions {
    return this.program.opts<GlobalOptions & Record<string, unknown>>();
  }

  private async opened(mode: CliMode): Promise<CliApplication> {
    await this.pass();
    this.application ??= this.open(mode);
    const application = await this.application;
    await this.pass();
    return application;
  }

  /** A command that is being stopped goes no further; the process ends below it. */
  private async pass(): Promise<void> {
    if (this.interrupted) await new Promise(() => {});
  }
}
