import type { Language, Said } from '../language/words.js';
import type { CommandAnswer, CommandCall } from './chat-command.js';
import { countName, stateText } from './states.js';
import { nounOf, type Thing, type ThingKind } from './things.js';

/** Entries of a list that are told in one piece. */
export const LIST_PAGE = 20;
/** Entries that are told of a list that is asked for as a whole. */
const WHOLE_MAX = 1_000;

/** A page of a list, as the routes answer it. */
export interface Page {
  things: Thing[];
  next: string | null;
  /** How many there are on all pages, where that is known. */
  total?: number | undefined;
}

/** What is worth a line of a thing. */
export type Fields = (item: object) => readonly (readonly [Said, unknown])[];

/** What a line of a list says beside the name: what that is called, and its value. */
export type Columns = readonly (readonly [Said, (item: object) => unknown])[];

/** What is called so is a state or the like, and said in the language of the answer. */
export const STATE: Said = { en: 'state', es: 'estado' };
export const STATUS: Said = { en: 'status', es: 'estado' };
export const WANTED: Said = { en: 'wanted', es: 'se quiere' };
export const SEVERITY: Said = { en: 'severity', es: 'gravedad' };
const STATES: ReadonlySet<Said> = new Set([STATE, STATUS, WANTED, SEVERITY]);

/**
 * Tells a list: one page of it, or page by page all of it.
 * @param columns what a line says beside the name; the head of the list names them
 */
export async function tellList(
  call: CommandCall,
  kind: ThingKind,
  turn: (query: { limit: number; cursor?: string }) => Promise<Page>,
  columns: Columns,
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
      linesOf(page.things, told, columns, language).join('\n'),
      page.things.map(({ item }) => item),
    );
    told = things.length;
    page = await turn({ limit, cursor: page.next });
  }
  const rest = things.slice(told);
  const more = page.next !== null;
  const { total = things.length } = page;
  const noun = nounOf(kind, language, total !== 1);
  const part = page.total === undefined ? MORE : FIRST;
  const head =
    things.length === 0
      ? noneOf(call, kind)
      : {
          en: `${total} ${noun}${more ? part.en : ''} (${namesOf(things, columns, 'en')}):`,
          es: `${total} ${noun}${more ? part.es : ''} (${namesOf(things, columns, 'es')}):`,
        };
  return {
    text: [head[language], ...linesOf(rest, told, columns, language)].join('\n'),
    data: { items: rest.map(({ item }) => item), count: things.length, more, ...totalOf(page) },
    listed: things.slice(0, LIST_PAGE),
    ...(things.length === 1 && { focus: things[0] }),
  };
}

/** Said of a list of which only a part is told. */
const MORE: Said = { en: ', and more', es: ', y hay más' };
const FIRST: Said = { en: '; the first of them', es: '; los primeros' };

function totalOf({ total }: Page): { total?: number } {
  return total === undefined ? {} : { total };
}

/** That there is nothing, of the state or the sort that was asked for. */
function noneOf({ arguments: given }: CommandCall, kind: ThingKind): Said {
  const { limit: _, all: __, ...filters } = given;
  const asked = Object.entries(filters).filter(([, value]) => value !== undefined);
  const [only, ...others] = asked;
  const state = only?.[0] === 'status' || only?.[0] === 'state' ? String(only[1]) : undefined;
  const [en, es] = [nounOf(kind, 'en', true), nounOf(kind, 'es', true)];
  if (state !== undefined && others.length === 0)
    return { en: `There are no ${state} ${en}.`, es: `No hay ${es} ${stateText(state, kind, 'es', true)}.` };
  const words = asked.map(([name, value]) => `${name} ${String(value)}`).join(', ');
  return asked.length === 0
    ? { en: `There are no ${en}.`, es: `No hay ${es}.` }
    : { en: `There are no ${en} with ${words}.`, es: `No hay ${es} con ${words}.` };
}

const NAME: Said = { en: 'name', es: 'nombre' };

/** What the lines of a list say, in their order: `name (id): state, seed`. */
function namesOf(things: readonly Thing[], columns: Columns, language: Language): string {
  const isNamed = things.some(({ id, name }) => name !== id);
  const names = columns.map(([said]) => said[language]).join(', ');
  return `${isNamed ? `${NAME[language]} (id)` : 'id'}: ${names}`;
}

function linesOf(things: readonly Thing[], from: number, columns: Columns, language: Language): string[] {
  return things.map(({ kind, id, name, item }, index) => {
    const said = columns.map(([column, valueOf]) => valueText(valueOf(item), column, kind, language));
    const known = name === id ? name : `${name} (${id})`;
    return `${from + index + 1}. ${known}: ${said.join(', ')}`;
  });
}

/** Turns the pages of a list that the API answers in one piece. */
export function pagesOf(
  things: readonly Thing[],
): (query: { limit: number; cursor?: string }) => Promise<Page> {
  return ({ limit, cursor = '0' }) => {
    const end = Number(cursor) + limit;
    return Promise.resolve({
      things: things.slice(Number(cursor), end),
      next: end < things.length ? String(end) : null,
    });
  };
}

/** Tells of one thing: its name, and its fields that have a value. */
export function tellThing({ language }: CommandCall, thing: Thing, fields: Fields): CommandAnswer {
  const lines = fields(thing.item).flatMap(([said, value]) =>
    value === null || value === undefined || value === ''
      ? []
      : [`  ${said[language]}: ${valueText(value, said, thing.kind, language)}`],
  );
  const noun = nounOf(thing.kind, language);
  const title = `${noun[0]?.toUpperCase() ?? ''}${noun.slice(1)} ${thing.name}`;
  return {
    text: [title, ...(thing.name === thing.id ? [] : [`  id: ${thing.id}`]), ...lines].join('\n'),
    data: thing.item,
    focus: thing,
  };
}

/** A value for people: a state in their language, counts by their names, no JSON. */
function valueText(value: unknown, said: Said, kind: ThingKind, language: Language): string {
  if (value === null || value === undefined || value === '') return '-';
  if (STATES.has(said)) return stateText(value, kind, language);
  if (Array.isArray(value))
    return value.map((each: unknown) => valueText(each, said, kind, language)).join(', ');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, each]) => `${countName(name, language)} ${valueText(each, said, kind, language)}`)
    .join(', ');
}

/** A part of an answer of the API that its type tells too wide for a table of fields. */
export function field(item: object, ...path: readonly string[]): unknown {
  let value: unknown = item;
  for (const name of path)
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return value;
}

const OVER: ReadonlySet<unknown> = new Set(['completed', 'failed', 'incomplete', 'cancelled']);

/** Whether a job, a run or an experiment is over: there is no end of it to come. */
export function isOver(item: object): boolean {
  return OVER.has(field(item, 'status'));
}
