import type { Client } from '@azt3knet/client';
import type { Said } from '../language/words.js';
import type { ChatCommand } from './chat-command.js';
import type { Thing } from './things.js';

/** What can be done to the things of one kind, one at a time. */
interface Acts<Act extends string> extends Pick<ChatCommand, 'needs' | 'kind' | 'arguments' | 'spoken'> {
  /** What the names of the commands begin with. */
  plural: string;
  /** The argument that names the thing. */
  subject: string;
  /** Before its name: `The bot`. */
  article: Said;
  /** After its name, when it is done. */
  done: Readonly<Record<Act, Said>>;
  /** Does it, and answers the thing as it is then. */
  act(api: Client, id: string, what: Act): Promise<Thing>;
}

/** Makes commands that do one thing to one thing and say so; they can be taken back unless they say otherwise. */
export function actingOn<Act extends string>(
  acts: Acts<Act>,
): (
  what: Act,
  command: Pick<ChatCommand, 'actions' | 'help' | 'examples' | 'plan' | 'possible'> & {
    effect?: 'destructive';
  },
) => ChatCommand {
  const { needs, kind, arguments: schema, spoken, subject } = acts;
  return (what, command) => ({
    name: `${acts.plural}.${what}`,
    effect: 'write',
    needs,
    kind,
    aliases: { en: [], es: [] },
    arguments: schema,
    spoken,
    subject,
    run: async ({ api, subject: thing, language }) => {
      const changed = await acts.act(api, (thing as Thing).id, what);
      const text = `${acts.article[language]} ${changed.name} ${acts.done[what][language]}.`;
      return { text, data: changed.item, focus: changed };
    },
    ...command,
  });
}
