import { isIP } from 'node:net';
import { addressRefusal, parseRange, type AddressRange } from './addresses.js';

/** What an entry of EGRESS_ALLOW may be; told when one is not. */
export const ALLOW_RULE =
  'expected host, *.host, host:port or http://host:port (https and 443 unless said), or a range of addresses such as ' +
  '10.0.0.0/8; several separated by commas';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const LOOPBACK = ['127.0.0.0/8', '::1/128'].map((text) => parseRange(text) as AddressRange);

/** A server that may be asked. */
interface ListedServer {
  protocol: string;
  host: string;
  port: number;
  /** Whether `host` stands for every name below it, and not for itself. */
  below: boolean;
  /** Addresses that the host may have besides public ones. */
  ranges: readonly AddressRange[];
  near: boolean;
}

/** A host as it is compared: lower case, without the brackets of IPv6 and the dot of the root. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port);
}

/** What an entry without a network says of a host: an address is open where it is named, as is loopback for localhost. */
function namedRanges(host: string): readonly AddressRange[] {
  if (isIP(host) !== 0) return [parseRange(host) as AddressRange];
  return host === 'localhost' ? LOOPBACK : [];
}

function parseServer(text: string): ListedServer | undefined {
  const [, scheme = 'https', wildcard, rest = ''] =
    /^(?:(https?):\/\/)?(\*\.)?([^/\\?#@*\s]+)$/i.exec(text) ?? [];
  const url = rest === '' ? null : URL.parse(`${scheme}://${rest}`);
  if (url === null) return undefined;
  const host = bareHost(url);
  const below = wildcard !== undefined;
  if (below && (isIP(host) !== 0 || !host.includes('.'))) return undefined;
  const ranges = namedRanges(host);
  return { protocol: url.protocol, host, port: portOf(url), below, ranges, near: false };
}

/** Whether a text can be an entry of EGRESS_ALLOW. */
export function isAllowEntry(text: string): boolean {
  return (text.includes('/') ? parseRange(text) : undefined) !== undefined || parseServer(text) !== undefined;
}

/**
 * Which servers may be asked, and at which addresses they may be.
 *
 * A server is listed by protocol, host and port; it may be at any public address. Ranges open further addresses to
 * the servers that are listed, and no server by themselves. What a variable of its own names may be on this machine or
 * in the own network too.
 */
export class AllowList {
  private readonly servers: readonly ListedServer[];
  private readonly ranges: readonly AddressRange[];

  /**
   * @param entries of EGRESS_ALLOW, for which {@link isAllowEntry} holds
   * @param own URLs that variables of their own name
   */
  constructor(entries: readonly string[], own: readonly string[] = []) {
    const ranges = entries.map((entry) => (entry.includes('/') ? parseRange(entry) : undefined));
    this.ranges = ranges.filter((range) => range !== undefined);
    const listed = entries.filter((_, index) => ranges[index] === undefined).map(parseServer);
    const named = own.map((url) => parseServer(new URL(url).origin));
    this.servers = [
      ...listed.filter((server) => server !== undefined),
      ...named.filter((server) => server !== undefined).map((server) => ({ ...server, near: true })),
    ];
  }

  /** Whether a URL leads to a server that is listed. */
  lists(url: URL): boolean {
    return this.entriesOf(url).length > 0;
  }

  /** The servers that have a name of their own. */
  urls(): URL[] {
    return this.servers
      .filter(({ below }) => !below)
      .map(
        ({ protocol, host, port }) =>
          new URL(`${protocol}//${isIP(host) === 6 ? `[${host}]` : host}:${port}`),
      );
  }

  /** Why the server of a URL may not be asked at an address: the kind of address; undefined when it may. */
  refusal(url: URL, address: string): string | undefined {
    const entries = this.entriesOf(url);
    if (entries.length === 0) return 'unlisted';
    return addressRefusal(address, {
      ranges: [...this.ranges, ...entries.flatMap(({ ranges }) => ranges)],
      near: entries.some(({ near }) => near),
    });
  }

  private entriesOf(url: URL): ListedServer[] {
    const host = bareHost(url);
    const port = portOf(url);
    return this.servers.filter(
      (server) =>
        server.protocol === url.protocol &&
        server.port === port &&
        (server.below ? host.endsWith(`.${server.host}`) : host === server.host),
    );
  }
}
