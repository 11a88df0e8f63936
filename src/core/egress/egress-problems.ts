import { isIP } from 'node:net';
import { AllowList } from './allow-list.js';
import { resolveBySystem, type Resolve } from './guarded-connector.js';

/**
 * Listed servers that could not be asked as things are: their name has no address, or one that is not open.
 * @param allow entries of EGRESS_ALLOW; those for names below another are not looked at
 * @returns a line for each
 */
export async function egressProblems(
  allow: readonly string[],
  resolve: Resolve = resolveBySystem,
): Promise<string[]> {
  const list = new AllowList(allow);
  const found = await Promise.all(list.urls().map((url) => problemOf(list, url, resolve)));
  return found.filter((problem) => problem !== undefined);
}

async function problemOf(list: AllowList, url: URL, resolve: Resolve): Promise<string | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  try {
    const addresses = isIP(host) === 0 ? await resolve(host) : [host];
    const refused = addresses
      .map((address) => ({ address, kind: list.refusal(url, address) }))
      .find(({ kind }) => kind !== undefined);
    return refused && `${url.origin} is at ${refused.address} (${refused.kind}), which is not listed`;
  } catch (error) {
    return `${url.origin} has no address (${(error as NodeJS.ErrnoException).code})`;
  }
}
