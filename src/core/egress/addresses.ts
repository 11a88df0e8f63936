import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type AddressRange = readonly [Address, number];

/**
 * Where clouds tell machines their credentials. A range that covers one by chance does not open it: it has to be listed
 * as itself.
 */
const METADATA = [
  '169.254.169.254', // AWS, Azure, GCP, and those that copy them
  '169.254.170.2', // AWS, credentials of containers
  '169.254.170.23', // the same in EKS
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254', // GCP
  '168.63.129.16', // Azure, a public address
  '100.100.100.200', // Alibaba
  '192.0.0.192', // Oracle
];
const METADATA_ADDRESSES = new Set(METADATA.map((text) => ipaddr.parse(text).toNormalizedString()));

/** Everything that is routed in the public IPv6 network begins so (RFC 4291, 2.4). */
const GLOBAL_UNICAST: AddressRange = ipaddr.parseCIDR('2000::/3');

/** Prefixes whose addresses carry an IPv4 address, and the byte it begins at. */
const CARRIERS: readonly { range: AddressRange; at: number; inverted?: true }[] = [
  { range: ipaddr.parseCIDR('::/96'), at: 12 },
  { range: ipaddr.parseCIDR('::ffff:0:0/96'), at: 12 },
  { range: ipaddr.parseCIDR('::ffff:0:0:0/96'), at: 12 },
  { range: ipaddr.parseCIDR('64:ff9b::/96'), at: 12 },
  { range: ipaddr.parseCIDR('2002::/16'), at: 2 },
  { range: ipaddr.parseCIDR('2001::/32'), at: 4 },
  { range: ipaddr.parseCIDR('2001::/32'), at: 12, inverted: true },
];

/** What kind of address a text is, by the name that errors have for it; undefined: an ordinary public one. */
function specialKind(address: Address): string | undefined {
  if (METADATA_ADDRESSES.has(address.toNormalizedString())) return 'metadata';
  const range = address.range();
  if (range !== 'unicast') return range;
  return address.kind() === 'ipv6' && !inRange(address, GLOBAL_UNICAST) ? 'reserved' : undefined;
}

function inRange(address: Address, [network, bits]: AddressRange): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** The IPv4 addresses that an IPv6 address leads to by way of a translator or a tunnel. */
function carried(address: Address): Address[] {
  // `::` and `::1` are what they are, and no 0.0.0.1 in the clothes of IPv6.
  if (address.kind() === 'ipv4' || ['unspecified', 'loopback'].includes(address.range())) return [];
  return CARRIERS.filter(({ range }) => inRange(address, range)).map(({ at, inverted }) => {
    const bytes = address.toByteArray().slice(at, at + 4);
    return ipaddr.fromByteArray(inverted ? bytes.map((byte) => byte ^ 0xff) : bytes);
  });
}

/** Where an operator's own servers are; what a variable of their own names may be there. */
const NEAR = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** What is open beyond the public addresses. */
export interface OpenAddresses {
  ranges: readonly AddressRange[];
  /** Whether own servers may be reached: loopback and private addresses. */
  near: boolean;
}

/**
 * Why an address may not be connected to: the kind of address it is, or carries within; undefined when it may.
 * @param text an IP address; anything else, one with a zone too, is `invalid`
 */
export function addressRefusal(text: string, open: OpenAddresses): string | undefined {
  if (!ipaddr.isValid(text) || text.includes('%')) return 'invalid';
  const address = ipaddr.parse(text);
  const refusals = [address, ...carried(address)].map((one) => {
    const kind = specialKind(one);
    if (kind === undefined || (open.near && NEAR.has(kind))) return undefined;
    const ranges =
      kind === 'metadata' ? open.ranges.filter(([network, bits]) => isWhole(network, bits)) : open.ranges;
    return ranges.some((range) => inRange(one, range)) ? undefined : kind;
  });
  return refusals.find((kind) => kind !== undefined);
}

function isWhole(network: Address, bits: number): boolean {
  return bits === network.toByteArray().length * 8;
}

/** An address or `address/bits`; undefined when it is neither. */
export function parseRange(text: string): AddressRange | undefined {
  if (text.includes('%')) return undefined;
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return [address, address.toByteArray().length * 8];
}
