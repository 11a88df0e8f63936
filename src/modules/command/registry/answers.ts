import { nounOf, type Thing, type ThingKind } from './things.js';
import type { Said } from '../language/words.js';
import type { CommandAnswer, CommandCall } from './chat-command.js';

/** Entries of a list that are told in one piece. */
export const LIST_PAGE = 20;
/** Entries that are told of a list that is asked for as a whole. */
const WHOLE_MAX = 1_000;

/** A page of a list, as the routes answer it. */
interface Page {
  things: Thing[];
  next: string | null;
}

/** What is worth a line of a thing. */
export type Fields = (item: object) => readonly (readonly [Said, unknown])[];

/**
 * Tells a list: one page of it, or page by page all of it.
 * @param line what a line says beside the name
 */
export async function tellList(
  call: CommandCall,
  kind: ThingKind,
  turn: (query: { limit: number; cursor?: string }) => Promise<Page>,
  line: (item: object) => string,
): Promise<CommandAnswer> {
  const { language } = call;
  const whole = call.arguments['all'] === true;
  const limit = whole ? 100 : ((call.arguments['limit'] as number | undefined) ?? LIST_PAGE);
  const things: Thing[] = [];
  let page = await turn({ limit });
  let told = 0;
  for (;;) {
    things.push(...page.things);
    if (!whole || page.next === null || things.length >= WHOLE_MAX) break;
    await call.tell(
      linesOf(page.things, told, line).join('\n'),
      page.things.map(({ item }) => item),
    );
    told = things.length;
    page = await turn({ limit, cursor: page.next });
  }
  const rest = things.slice(told);
  const more = page.next !== null;
  const noun = nounOf(kind, language, things.length !== 1);
  const head =
    things.length === 0
      ? { en: `There are no ${noun}.`, es: `No hay ${noun}.` }
      : {
          en: `${things.length} ${noun}${more ? ', and more' : ''}:`,
          es: `${things.length} ${noun}${more ? ', y hay más' : ''}:`,
        };
  return {
    text: [head[language], ...linesOf(rest, told, line)].join('\n'),
    data: { items: rest.map(({ item }) => item), count: things.length, more },
    listed: things.slice(0, LIST_PAGE),
    ...(things.length === 1 && { focus: things[0] }),
  };
}

function linesOf(things: readonly Thing[], from: number, line: (item: object) => string): string[] {
  return things.map(({ id, name, item }, index) => {
    const said = line(item);
    const known = name === id ? name : `${name} (${id})`;
    return `${from + index + 1}. ${known}${said === '' ? '' : `: ${said}`}`;
  });
}

/** Tells of one thing: its name, and its fields that have a value. */
export function tellThing({ language }: CommandCall, thing: Thing, fields: Fields): CommandAnswer {
  const lines = fields(thing.item).flatMap(([said, value]) =>
    value === null || value === undefined || value === '' ? [] : [`  ${said[language]}: ${valueText(value)}`],
  );
  const noun = nounOf(thing.kind, language);
  const title = `${noun[0]?.toUpperCase() ?? ''}${noun.slice(1)} ${thing.name}`;
  return {
    text: [title, ...(thing.name === thing.id ? [] : [`  id: ${thing.id}`]), ...lines].join('\n'),
    data: thing.item,
    focus: thing,
  };
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A part of an answer of the API that its type tells too wide for a table of fields. */
export function field(item: object, ...path: readonly string[]): unknown {
  let value: unknown = item;
  for (const name of path)
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return value;
}
