import type { Client } from '@azt3knet/client';
import { z } from 'zod';
import { tellList, type Columns, type Page } from './answers.js';
import { LIST_ARGUMENTS, LIST_WORDS } from './arguments.js';
import type { ArgumentWords, ChatCommand } from './chat-command.js';

/** What a page is asked for: how much of it, and the filters that were given. */
type Query<Filters extends z.ZodRawShape> = { limit: number; cursor?: string } & {
  [Name in keyof Filters]?: Exclude<z.infer<Filters[Name]>, undefined>;
};

/** A list of things of one kind. */
interface Listing<Filters extends z.ZodRawShape> extends Pick<
  ChatCommand,
  'needs' | 'kind' | 'mentions' | 'help' | 'examples'
> {
  /** What the name of the command begins with. */
  plural: string;
  aliases?: ChatCommand['aliases'];
  /** What a list may be narrowed by, and how that is said. */
  filters: Filters;
  spoken: Readonly<Record<keyof Filters & string, ArgumentWords>>;
  page: (api: Client, query: Query<Filters>) => Promise<Page>;
  /** What a line says beside the name. */
  columns: Columns;
}

/** Makes the command that lists things of a kind: a page of them, or page by page all. */
export function listing<Filters extends z.ZodRawShape>({
  plural,
  aliases = { en: [], es: [] },
  filters,
  spoken,
  page,
  columns,
  ...command
}: Listing<Filters>): ChatCommand {
  return {
    name: `${plural}.list`,
    effect: 'read',
    actions: ['list'],
    aliases,
    arguments: z.strictObject({ ...filters, ...LIST_ARGUMENTS }),
    spoken: { ...spoken, ...LIST_WORDS },
    run: (call) => {
      const { limit: _, all: __, ...asked } = call.arguments;
      const turn = (query: { limit: number; cursor?: string }): Promise<Page> =>
        // The schema of the command has read them.
        page(call.api, { ...asked, ...query } as Query<Filters>);
      return tellList(call, command.kind, turn, columns);
    },
    ...command,
  };
}
