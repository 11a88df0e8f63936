import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Whether an address belongs to a proxy whose word on the client is taken. */
export type TrustedProxy = (address: string) => boolean;

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** An address, or a range of them such as `10.0.0.0/8`, as a range; undefined when it is neither. */
export function addressRange(text: string): Range | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.IPv6.isValid(text) && !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
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
    if (trusted.length === 0 || !ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return trusted.some(([from, bits]) => from.kind() === address.kind() && address.match(from, bits));
  };
}

/** Who sent a request: the last address of `X-Forwarded-For` that no trusted proxy has, as Fastify finds it too. */
export function clientAddress({ socket, headers }: IncomingMessage, trusts: TrustedProxy): string {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  let address = socket.remoteAddress ?? '';
  while (forwarded.length > 0 && trusts(address)) address = forwarded.pop()?.trim() || address;
  return address;
}

/** Who counts as one: an IPv4 address, or the /64 of an IPv6 address, which one customer has to himself. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  if (!ipaddr.IPv6.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : `${(parsed as ipaddr.IPv6).parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`;
}
