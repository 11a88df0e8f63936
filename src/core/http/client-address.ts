import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import ipaddr from 'ipaddr.js';

/** Whether an address belongs to a proxy whose word on the client is taken. */
export type TrustedProxy = (address: string) => boolean;

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** An address, or a range of them such as `10.0.0.0/8`, as a range; undefined when it is neither. */
export function addressRange(text: string): Range | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!isAddress(text)) return undefined;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** @param ranges texts that {@link addressRange} takes */
export function trustedProxies(ranges: readonly string[]): TrustedProxy {
  const trusted = ranges.flatMap((text) => {
    const range = addressRange(text);
    return range === undefined ? [] : [range];
  });
  return (text) => {
    if (trusted.length === 0 || !isAddress(text)) return false;
    const address = ipaddr.process(text);
    return trusted.some(([from, bits]) => from.kind() === address.kind() && address.match(from, bits));
  };
}

/** An entry of `X-Forwarded-For` without the port, or the brackets, that some proxies write: `1.2.3.4:5678`, `[::1]:80`. */
function withoutPort(entry: string): string {
  const bare = /^(?:(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}|\[([0-9a-f:.]{2,45})\](?::\d{1,5})?)$/i.exec(entry);
  return bare?.[1] ?? bare?.[2] ?? entry;
}

function isAddress(text: string): boolean {
  return ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text);
}

/**
 * The addresses that `X-Forwarded-For` names, the farthest first. Those beyond an entry that is none are not looked at: nobody
 * vouches for what comes before a hop without a name.
 */
function forwardedFor({ headers }: Pick<IncomingMessage, 'headers'>): string[] {
  const entries = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const named = entries.map((entry) => withoutPort(entry.trim())).filter((entry) => entry !== '');
  return named.slice(named.findLastIndex((entry) => !isAddress(entry)) + 1);
}

/** Fastify takes the entries as they are: it is given addresses alone. */
export function readForwarded(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    if (headers['x-forwarded-for'] !== undefined)
      headers['x-forwarded-for'] = forwardedFor({ headers }).join(', ');
    done();
  });
}

/**
 * Who sent a request: the last address of `X-Forwarded-For` that no trusted proxy has, as Fastify finds it too; where there is none, the
 * farthest proxy that is known.
 */
export function clientAddress({ socket, headers }: IncomingMessage, trusts: TrustedProxy): string {
  const forwarded = forwardedFor({ headers });
  let address = socket.remoteAddress ?? '';
  while (forwarded.length > 0 && trusts(address)) address = forwarded.pop() ?? address;
  return address;
}

/** Who counts as one: an IPv4 address, the /64 of an IPv6 address, which one customer has to himself, or `unknown`. */
export function networkOf(address: string): string {
  if (!isAddress(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : `${(parsed as ipaddr.IPv6).parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`;
}
