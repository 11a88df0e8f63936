import type { TestApplication } from './application.js';

/** One entry of a list, whichever list it is. */
export type Item = Record<string, unknown>;

type Page = Record<string, unknown> & { next_cursor: string | null };

/** A page of a list. @throws Error when the answer is another than 200 */
export async function pageOf(
  application: TestApplication,
  url: string,
): Promise<{ items: Item[]; next: string | null }> {
  const { status, body } = await application.call<Page>('GET', url);
  if (status !== 200) throw new Error(`${url} answers ${status}: ${JSON.stringify(body)}`);
  const items = Object.values(body).find((value) => Array.isArray(value)) as Item[];
  return { items, next: body.next_cursor };
}

/** Every entry of a list, read in pages. */
export async function walk(application: TestApplication, url: string, limit = 3): Promise<Item[]> {
  const all: Item[] = [];
  const start = `${url}${url.includes('?') ? '&' : '?'}limit=${limit}`;
  for (let cursor: string | null = ''; cursor !== null;) {
    const { items, next } = await pageOf(application, cursor === '' ? start : `${start}&cursor=${cursor}`);
    all.push(...items);
    cursor = next;
  }
  return all;
}
