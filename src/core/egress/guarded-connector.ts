import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import type { AllowList } from './allow-list.js';
import { EgressError } from './egress.errors.js';

/** The addresses of a name, in the order in which they are to be tried. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const CONNECT_TIMEOUT_MS = 5_000;

/** Asks the system, which knows /etc/hosts too. */
export const resolveBySystem: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** What the other side of TLS is known by, and what this side shows; PEM. */
export interface TlsPapers {
  /** A private authority. */
  ca?: string | undefined;
  /** A certificate of ours, with its key. */
  cert?: string | undefined;
  key?: string | undefined;
}

/**
 * Makes connections of undici to addresses that were looked at: a name is resolved once, every address it has must be
 * allowed, and it is that address which is connected to, so that a second answer of the name server changes nothing.
 */
export function guardedConnector(
  list: AllowList,
  resolve: Resolve,
  { ca, cert, key }: TlsPapers,
): buildConnector.connector {
  const base = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  });
  const open = async (options: buildConnector.Options): Promise<Socket> => {
    const { hostname, protocol, host } = options;
    const url = new URL(`${protocol}//${host ?? hostname}`);
    const addresses = isIP(hostname) === 0 ? await resolve(hostname) : [hostname];
    for (const address of addresses) requireAllowed(list, url, address);
    const servername = protocol === 'https:' && isIP(hostname) === 0 ? hostname : undefined;
    const socket = await connectToFirst(base, addresses, { ...options, ...(servername && { servername }) });
    requireAllowed(list, url, socket.remoteAddress ?? '', socket);
    return socket;
  };
  const opened = callbackify(open);
  return (options, callback) => {
    opened(options, (error, socket) => {
      if (error) callback(error, null);
      else callback(null, socket);
    });
  };
}

function requireAllowed(list: AllowList, url: URL, address: string, socket?: Socket): void {
  const kind = list.refusal(url, address);
  if (kind === undefined) return;
  socket?.destroy();
  throw EgressError.address(url.origin, kind, address);
}

async function connectToFirst(
  connect: buildConnector.connector,
  addresses: readonly string[],
  options: buildConnector.Options,
): Promise<Socket> {
  let failure: unknown = new Error('the name has no address');
  for (const address of addresses) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        connect({ ...options, hostname: address }, (error, socket) => {
          if (error === null) resolve(socket);
          else reject(error);
        });
      });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
