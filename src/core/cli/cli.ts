import type { INestApplicationContext, Type } from '@nestjs/common';
import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../config/index.js';
import { Output } from './output.js';

/** How much of the application a command needs: its services, or a worker too, which runs jobs here. */
export type CliMode = 'services' | 'worker';

/** An open application. */
export interface CliApplication {
  context: INestApplicationContext;
  close(): Promise<void>;
}

interface GlobalOptions {
  json?: boolean;
  seed?: string;
}

/** A feature's commands. */
export type CommandRegistrar = (program: Command, cli: Cli) => void;

/** What commands share: output, configuration, and an application that is opened once and closed in the end. */
export class Cli {
  private application: Promise<CliApplication> | undefined;
  private closing: Promise<void> | undefined;
  /** Whether the command is being stopped: what fails from then on is nobody's mistake. */
  interrupted = false;
  private readonly interruptions = new Map<() => Promise<void>, 'SIGINT' | 'any'>();

  constructor(
    private readonly program: Command,
    readonly config: () => Config,
    private readonly open: (mode: CliMode) => Promise<CliApplication>,
  ) {}

  get output(): Output {
    return new Output(this.program.opts<GlobalOptions>().json === true);
  }

  /** The global `--seed`, if given. */
  get seed(): string | undefined {
    return this.program.opts<GlobalOptions>().seed;
  }

  /** A service of the application, which is opened if it is not. */
  async service<T>(type: Type<T>, mode: CliMode = 'services'): Promise<T> {
    // A command that is being stopped goes no further; the process ends below it.
    if (this.interrupted) return new Promise(() => {});
    this.application ??= this.open(mode);
    return (await this.application).context.get(type, { strict: false });
  }

  async close(): Promise<void> {
    // When it could not be opened, the command has said why.
    this.closing ??= this.application?.then(
      (application) => application.close(),
      () => undefined,
    );
    await this.closing;
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
    }
  }

  /** Ctrl-C or a termination: stops what is going on, closes, and exits. */
  async interrupt(signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
    this.interrupted = true;
    const code = signal === 'SIGINT' ? 130 : 143;
    const heard = [...this.interruptions].filter(([, on]) => on === 'any' || on === signal);
    await Promise.allSettled(heard.map(([stop]) => stop()));
    await this.close().catch(() => undefined);
    process.exit(code);
  }
}

/** Reads a whole number within bounds, as an option of commander. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}
