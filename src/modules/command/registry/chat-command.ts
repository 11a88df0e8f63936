import type { Client } from '@azt3knet/client';
import type { z } from 'zod';
import type { Permission } from '../../../core/http/index.js';
import type { Action } from '../language/actions.js';
import type { Language, Said, Words } from '../language/words.js';
import type { Possible } from './possible.js';
import type { Thing, ThingKind } from './things.js';

/** What a command does beside answering: nothing; something that can be taken back; something that cannot. */
export const EFFECTS = ['read', 'write', 'destructive'] as const;
export type Effect = (typeof EFFECTS)[number];

/** How a person gives an argument. */
export interface ArgumentWords {
  /** What stands before its value: `seed 42`. */
  words: Words;
  /** What of a sentence it is, where no such word stands before it. */
  form?:
    | 'number'
    | 'status'
    | 'country'
    | 'city'
    | 'age_from'
    | 'age_to'
    | 'gender'
    | 'name'
    | 'reason'
    | 'verdict'
    | 'severity'
    | 'mode'
    | 'queue'
    | 'all'
    | 'rest';
  /** Whether a number may stand before the word, too: `20 ticks`. */
  isUnit?: true;
  /** What to ask where it is missing. */
  ask?: Said;
}

/** A line of a conversation. */
export interface SaidBefore {
  sequence: string;
  /** Whether the person said it, or the server. */
  by: 'person' | 'server';
  text: string;
  at: string;
}

/** What a command is called with: arguments as its schema has read them, and what it is about. */
export interface CommandCall {
  /** The API, as the one who asks. */
  api: Client;
  arguments: Readonly<Record<string, unknown>>;
  /** What it is about, as it was found; undefined for a command about nothing in particular. */
  subject: Thing | undefined;
  language: Language;
  /** Every command that there is. */
  commands: readonly ChatCommand[];
  /** What was said before, the newest last. */
  history: (limit: number) => Promise<readonly SaidBefore[]>;
  /** Tells a part of a long answer, and waits until there is room for the next. */
  tell: (text: string, data: unknown) => Promise<void>;
}

/** What a command answers. */
export interface CommandAnswer {
  /** For people. */
  text: string;
  /** For programs. */
  data: unknown;
  /** What "it" means from now on. */
  focus?: Thing | undefined;
  /** What "the second one" means from now on. */
  listed?: readonly Thing[] | undefined;
  /** The job that goes on with it. */
  jobId?: string | undefined;
  /** The experiment whose end is waited for instead of that of the job. */
  experimentId?: string | undefined;
}

/** One command of the chat, of the REST route and of the command line: all that is known of it stands here. */
export interface ChatCommand {
  /** `campaigns.start`. */
  name: string;
  effect: Effect;
  /** Each is needed; the routes below ask for the same. */
  needs: readonly Permission[];
  /** What people name it by: what is done, to what. */
  kind: ThingKind;
  /** Other nouns that mean it too. */
  otherKinds?: readonly ThingKind[];
  actions: readonly Action[];
  /** Whole phrases that mean it. */
  aliases: Words;
  arguments: z.ZodObject;
  spoken: Readonly<Record<string, ArgumentWords>>;
  /** The argument that names what it is about. */
  subject?: string;
  /** What that is; the `kind` unless given. */
  subjectKind?: ThingKind;
  help: Said;
  examples: Words;
  /** In which states of what it is about it can be done; without it, the API decides. */
  possible?: Possible;
  /** The arguments, besides what it is about, that name things which have to be there. */
  mentions?: Readonly<Record<string, ThingKind>>;
  /**
   * What will happen; `{subject}`, `{<argument>}` and `{<field>}` of what it is about stand for what they are. Needed unless it only
   * reads.
   */
  plan?: Said;
  run(call: CommandCall): Promise<CommandAnswer>;
}
