import type { Client, Data, Item, ListPath } from '@azt3knet/client';
import type { Command } from 'commander';
import type { Cli } from './cli.js';
import { choice } from './filters.js';
import { wholeNumber, wireNames } from './options.js';
import type { Columns } from './table.js';

/** Options of every list beside its filters. */
interface ListOptions {
  all?: boolean;
}

/**
 * Gives a command the options of a list: its order, and which page, or all of them.
 * @param sorts the orders that the API has for it
 */
export function pageOptions(command: Command, sorts: readonly string[] = []): Command {
  if (sorts.length > 0) {
    command.addOption(choice('--sort <field>', 'the order; a minus before it: descending', sorts));
  }
  return command
    .option('--limit <n>', 'how many at most (default 100)', wholeNumber(1, 1_000))
    .option('--cursor <text>', 'go on after the page that gave this next_cursor')
    .option('--all', 'every page');
}

/**
 * Prints what a list of the API has, as its options ask.
 * @param options as commander read them: filters have the names of the API's fields
 * @param path parameters of the path
 * @param record what CSV has of an item, where that is not the item itself
 * @returns the page, or all of them as one
 */
export async function showList<Path extends ListPath>(
  cli: Cli,
  route: Path,
  options: object,
  columns: Columns<Item<Path>>,
  path: Record<string, string> = {},
  record?: (item: Item<Path>) => object,
): Promise<Data<Path, 'get'>> {
  const { all, ...filters } = options as ListOptions;
  const client = await cli.api();
  const init = { params: { path, query: wireNames(filters) } };
  const page = all === true ? await everything(client, route, init) : await first(client, route, init);
  const items: unknown = Object.values(page).find((value) => Array.isArray(value));
  cli.output.list(page, items as (Item<Path> & object)[], columns, record);
  if (page.next_cursor !== null && cli.output.format === 'table') {
    cli.output.note(`there is more: --cursor ${page.next_cursor}, or --all`);
  }
  return page as unknown as Data<Path, 'get'>;
}

/** As {@link showList}, for who needs no more of it. */
export async function printList<Path extends ListPath>(
  ...list: Parameters<typeof showList<Path>>
): Promise<void> {
  await showList(...list);
}

type AnyPage = Record<string, unknown> & { next_cursor: string | null };

async function first(client: Client, route: ListPath, init: object): Promise<AnyPage> {
  for await (const page of client.pages(route, init as never)) return page;
  throw new Error('a list without a page');
}

/** All pages as one. */
async function everything(client: Client, route: ListPath, init: object): Promise<AnyPage> {
  let whole: AnyPage | undefined;
  for await (const page of client.pages(route, init as never) as AsyncIterable<Data<ListPath, 'get'>>) {
    const next = page as unknown as AnyPage;
    whole = whole === undefined ? { ...next } : joined(whole, next);
  }
  return whole as AnyPage;
}

function joined(whole: AnyPage, next: AnyPage): AnyPage {
  const field = Object.keys(next).find((name) => Array.isArray(next[name])) as string;
  (whole[field] as unknown[]).push(...(next[field] as unknown[]));
  return { ...whole, next_cursor: next.next_cursor };
}
