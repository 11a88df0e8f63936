import type { Blueprint } from '../blueprints/blueprint-library.js';
import type { LogStream } from '../registry/bot-history.entity.js';
import type { BotCondition } from '../registry/bot.rules.js';

/** What is started. */
export interface Launch {
  botId: string;
  /** Another for every process. */
  instance: string;
  /** As it is now; its digest has been compared with the pinned one. */
  blueprint: Blueprint;
  configuration: object;
  /** What it shows to the API. */
  token: string;
}

/** Names one process of a bot for good. */
export interface Running {
  botId: string;
  instance: string;
  pid: number;
  /** When it started, as a token to compare. */
  pidStarted: string;
  /** Whom it runs as, where that is a user of its own. */
  uid: number | null;
}

export type ConditionTold = Omit<BotCondition, 'since'>;

/** What was started, and what of its confinement could be enforced. */
export interface Started {
  running: Running;
  conditions: readonly ConditionTold[];
}

/** What is seen of a process and all that it started. */
export interface Sight {
  alive: boolean;
  /** How it ended, where that can be known. */
  exit: { code: number | null; signal: string | null } | undefined;
  /** Seconds of CPU time so far. */
  cpuSeconds: number;
  memoryMb: number;
  /** Processes, those that it started included. */
  processes: number;
}

/** A line that a bot printed. */
export interface PrintedLine {
  stream: LogStream;
  message: string;
}

/** A bot cannot be started as things are. */
export class LaunchRefused extends Error {
  constructor(
    /** One word in CamelCase. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** Runs bots: in processes of this machine, or elsewhere. It keeps nothing: who calls names what runs. */
export abstract class Executor {
  /** Where it runs them, so that another process that would run them at the same place is known. */
  abstract readonly host: string;

  /** Starts a bot. @throws LaunchRefused */
  abstract start(launch: Launch): Promise<Started>;

  /** Looks at everything once; what is asked of the sight holds for this moment. */
  abstract look(): (running: Running) => Sight;

  /** Finds the process of an instance whose start was not written down. */
  abstract find(botId: string, instance: string, uid: number | null): Running | undefined;

  /** Asks a bot to end. */
  abstract ask(running: Running): void;

  /** Ends a bot and all that it started, at once. @returns how many processes were left */
  abstract kill(running: Running): number;

  /** What was printed since it was asked last; `dropped` bytes were too many. */
  abstract printed(botId: string): { lines: PrintedLine[]; dropped: number };

  /** Gives a bot another token. */
  abstract renewToken(botId: string, uid: number | null, token: string): void;

  /** The token that a bot has. */
  abstract tokenOf(botId: string): string | undefined;

  /** Where a bot calls its host. */
  abstract socketOf(botId: string): string;

  /** Ends every process of bots of this host that none of these is. @returns how many */
  abstract sweep(known: readonly Running[]): number;

  /** Removes what a bot that is gone has left. */
  abstract forget(botId: string): void;

  /** No bot runs here any more: clears away what is not to stay. */
  abstract leave(): void;

  /** The bots that something is left of. */
  abstract remembered(): string[];
}
