import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IdPage } from '../network/paging.js';
import type { Places } from '../network/places.js';

/** Parameters of a page as clients write them. */
export interface PageInput {
  max_id?: string | undefined;
  since_id?: string | undefined;
  min_id?: string | undefined;
  limit: number;
}

export function pageIn({ max_id, since_id, min_id, limit }: PageInput): IdPage {
  return { max: max_id, since: since_id, min: min_id, limit };
}

/** Parameters that are of a page and not of the list. */
const OF_PAGES = new Set(['max_id', 'since_id', 'min_id', 'access_token']);

/**
 * Says in the `Link` header where the pages beside this one are.
 * @param ids what the list goes by, the newest first
 */
export function linkPages(
  request: FastifyRequest,
  reply: FastifyReply,
  { base }: Places,
  ids: readonly string[],
): void {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return;
  const [path = '', search = ''] = request.url.split('?', 2);
  const kept = [...new URLSearchParams(search)].filter(([name]) => !OF_PAGES.has(name));
  const at = (name: string, id: string): string =>
    `${base}${path}?${new URLSearchParams([...kept, [name, id]]).toString()}`;
  void reply.header('Link', `<${at('max_id', last)}>; rel="next", <${at('min_id', first)}>; rel="prev"`);
}
