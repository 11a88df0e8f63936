import type { Blueprint } from '../blueprints/blueprint-library.js';
import type { LogStream } from '../registry/bot-history.entity.js';
import type { BotCondition } from '../registry/bot.rules.js';

/** The place of an instance among those of its bot. */
export interface Slot {
  botId: string;
  /** From 0. */
  ordinal: number;
}

/** A name of a slot for folders and groups: of the first it is that of the bot. */
export function slotName({ botId, ordinal }: Slot): string {
  return ordinal === 0 ? botId : `${botId}.${ordinal}`;
}

/** What is started. */
export interface Launch extends Slot {
  /** Another for every process. */
  instance: string;
  /** As it is now; its digest has been compared with the pinned one. */
  blueprint: Blueprint;
  configuration: object;
  /** What it shows to the API. */
  token: string;
}

/** Names what runs of a bot for good. */
export interface Running extends Slot {
  instance: string;
  /** What the executor finds it by again, as JSON; nobody else looks inside. */
  handle: object;
}

export type ConditionTold = Omit<BotCondition, 'since'>;

/** What was started, and what of its confinement could be enforced. */
export interface Started {
  running: Running;
  /** Where people find it, such as `pid 4242`. */
  place: string;
  conditions: readonly ConditionTold[];
}

/** What is seen of an instance and all that it started. */
export interface Sight {
  alive: boolean;
  /** How it ended, where that can be known. */
  exit: { code: number | null; signal: string | null } | undefined;
  /** Seconds of CPU time so far. */
  cpuSeconds: number;
  memoryMb: number;
  /** What else is to be said of it now. */
  conditions?: readonly ConditionTold[];
}

/** The socket on which a bot that shares a machine with its host calls it. */
export interface BotSocket {
  path: string;
  /** Whom it belongs to; null: to the user of the server. */
  uid: number | null;
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

/**
 * Runs bots: in processes of this machine, or elsewhere. Who calls names what runs, so that another process can go on where one
 * has ended. What cannot be done at the moment (a server that does not answer) is no error of `ask`, `kill` and `renewToken`
 * alone: they reject, and are called again.
 */
export abstract class Executor {
  /** Where it runs them, so that another process that would run them at the same place is known. */
  abstract readonly host: string;

  /** Whether bots cannot outlive the servers of this installation, or are not to. */
  abstract readonly endsWithServer: boolean;

  /** Starts a bot. @throws LaunchRefused */
  abstract start(launch: Launch): Promise<Started>;

  /** Looks at everything once; what is asked of the sight holds for this moment. */
  abstract look(): Promise<(running: Running) => Sight>;

  /** Finds what runs of an instance whose start was not written down. */
  abstract find(slot: Slot, instance: string): Promise<Running | undefined>;

  /** Asks a bot to end. */
  abstract ask(running: Running): Promise<void>;

  /** Ends a bot and all that it started, at once. @returns how many processes or pods were left */
  abstract kill(running: Running): Promise<number>;

  /** What was printed in a slot since it was asked last; `dropped` bytes were too many. */
  abstract printed(slot: Slot): { lines: PrintedLine[]; dropped: number };

  /** Gives a bot another token. */
  abstract renewToken(running: Running, token: string): Promise<void>;

  /** The token that a bot calls its socket with. */
  abstract tokenOf(slot: Slot): string | undefined;

  /** Where a bot calls its host; undefined: over the network. */
  abstract socketOf(running: Running): BotSocket | undefined;

  /** Ends everything of bots of this host that none of these is. @returns how many */
  abstract sweep(known: readonly Running[]): Promise<number>;

  /** Removes what an instance that is gone for good has left. */
  abstract forget(slot: Slot): Promise<void>;

  /** No bot runs here any more: clears away what is not to stay. */
  abstract leave(): Promise<void>;

  /** The slots that something is left of. */
  abstract remembered(): Promise<Slot[]>;
}
