import type { ChatCommand } from '../registry/chat-command.js';
import type { ThingKind } from '../registry/things.js';
import type { Language } from './words.js';

/** What a command is about, as it was said. */
export type SubjectSaid =
  | { by: 'name'; name: string }
  /** What was spoken of last, of this kind where it was said. */
  | { by: 'focus'; kind: ThingKind }
  /** The newest: of all, or of the list that was told last. */
  | { by: 'latest'; kind: ThingKind; listed?: true }
  | { by: 'ordinal'; kind: ThingKind; index: number };

/** A command with its arguments as they were said, not checked yet. */
export interface Intent {
  command: ChatCommand;
  given: Readonly<Record<string, unknown>>;
  subject?: SubjectSaid | undefined;
  /** Arguments that are not named but pointed at: `for the last population`. */
  refers?: Readonly<Record<string, SubjectSaid>> | undefined;
}

/** Why the server asks instead of doing something. */
export type Doubt =
  | 'empty'
  | 'unknown'
  | 'words'
  | 'negated'
  | 'conditional'
  | 'quoted'
  | 'several'
  | 'many'
  | 'choose'
  | 'what'
  | 'nothing_before'
  | 'misspelt'
  | 'missing'
  | 'no_question';

/** What a text was understood as. */
export type Reading =
  | { kind: 'intent'; intent: Intent; language: Language }
  /** A name, and what may be done to the things of several kinds: whose name is it? */
  | { kind: 'whose'; intents: readonly Intent[]; name: string; language: Language }
  | { kind: 'yes' | 'no'; language: Language }
  | {
      kind: 'question';
      doubt: Doubt;
      language: Language;
      /** The words that the doubt is about. */
      words?: readonly string[];
      /** The command of the terminal that does what the chat does not. */
      terminal?: string;
      /** What was perhaps meant. */
      suggestion?: Intent;
      /** Commands to choose from. */
      choices?: readonly Intent[];
    };

/** What was said before, as far as words refer to it. */
export interface Before {
  language: Language;
  /** Kinds of things that were spoken of, the last one first. */
  focus: readonly ThingKind[];
  /** What the last list was of, and how many it had. */
  listed?: { kind: ThingKind; count: number } | undefined;
  /** A list, where nothing was spoken of since: "the last one" is of it, and "it" is nothing else where it is empty. */
  list?: { kind: ThingKind; count: number } | undefined;
  /** Whether a question is open that yes and no answer. */
  asked: boolean;
}
