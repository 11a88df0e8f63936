import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AllowList, isAllowEntry } from './allow-list.js';

const kindOf = (url: string, address: string, entries: string[], own: string[] = []): string | undefined =>
  new AllowList(entries, own).refusal(new URL(url), address);
const lists = (entries: string[], url: string): boolean => new AllowList(entries).lists(new URL(url));

describe('entries', () => {
  it.each([
    'example.org',
    'EXAMPLE.org',
    '*.example.org',
    'example.org:8443',
    'http://example.org',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
    '10.0.0.0/8',
    'fd00::/8',
    'localhost:4318',
    'bücher.example',
  ])('take %s', (entry) => expect(isAllowEntry(entry)).toBe(true));

  it.each([
    '',
    '*',
    '*.org',
    '*.*.example.org',
    'a*.example.org',
    '*.127.0.0.1',
    'ftp://example.org',
    'https://example.org/path',
    'user@example.org',
    'https://user:word@example.org',
    'example.org?x',
    'example.org:99999',
    '10.0.0.0/40',
    '::1',
    'fe80::1%eth0/64',
    'a b',
  ])('refuse %j', (entry) => expect(isAllowEntry(entry)).toBe(false));
});

describe('a server', () => {
  it('is listed by protocol, host and port', () => {
    expect(lists(['example.org'], 'https://example.org/path')).toBe(true);
    expect(lists(['example.org'], 'https://EXAMPLE.org./path')).toBe(true);
    expect(lists(['example.org'], 'http://example.org')).toBe(false);
    expect(lists(['example.org'], 'https://example.org:8443')).toBe(false);
    expect(lists(['http://example.org:81'], 'http://example.org:81')).toBe(true);
    expect(lists(['bücher.example'], 'https://xn--bcher-kva.example')).toBe(true);
    expect(lists([], 'https://example.org')).toBe(false);
  });

  it('is below a name, and not that name or one that ends like it', () => {
    const entries = ['*.example.org'];
    expect(lists(entries, 'https://a.b.example.org')).toBe(true);
    for (const host of ['example.org', 'evilexample.org', 'example.org.evil.net', 'a.example.org.evil'])
      expect(lists(entries, `https://${host}`), `for ${host}`).toBe(false);
  });

  it('is not listed by a range', () => {
    expect(lists(['10.0.0.0/8'], 'https://10.0.0.1')).toBe(false);
  });

  // The URL standard reads all of these as 127.0.0.1 or its IPv6 forms.
  it.each(['2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0x7f.1', '①②⑦.0.0.1', '127.0.0.1.'])(
    'is not hidden by the form %s',
    (host) => {
      expect(lists(['127.0.0.1'], `https://${host}`)).toBe(true);
      expect(kindOf(`https://${host}`, '127.0.0.1', ['example.org'])).toBe('unlisted');
    },
  );
});

/** Why example.org, which is listed, may not be asked at an address. */
const at = (address: string, entries: string[] = []): string | undefined =>
  kindOf('https://example.org', address, ['example.org', ...entries]);

describe('an address', () => {
  it.each(['93.184.215.14', '1.1.1.1', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])('is open: %s', (address) =>
    expect(at(address)).toBeUndefined(),
  );

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['169.254.1.1', 'linkLocal'],
    ['169.254.169.254', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['198.18.0.1', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['fe80::1', 'linkLocal'],
    ['fec0::1', 'deprecatedSiteLocal'],
    ['fd00:ec2::254', 'metadata'],
    ['fd12::1', 'uniqueLocal'],
    ['ff02::1', 'multicast'],
    ['::ffff:127.0.0.1', 'ipv4Mapped'],
    ['::ffff:8.8.8.8', 'ipv4Mapped'],
    ['::7f00:1', 'reserved'],
    ['64:ff9b::a9fe:a9fe', 'rfc6052'],
    ['64:ff9b:1::7f00:1', 'rfc6052'],
    ['2002:7f00:1::', '6to4'],
    ['2001:0:7f00:1::1', 'teredo'],
    ['2001:db8::1', 'reserved'],
    ['fe80::1%eth0', 'invalid'],
    ['2606:2800::1%1', 'invalid'],
    ['localhost', 'invalid'],
    ['', 'invalid'],
  ])('is closed: %s (%s)', (address, kind) => expect(at(address)).toBe(kind));

  it('is opened by a range, for servers that are listed', () => {
    expect(at('10.1.2.3', ['10.0.0.0/8'])).toBeUndefined();
    expect(at('11.1.2.3', ['10.0.0.0/8'])).toBeUndefined();
    expect(at('192.168.0.1', ['10.0.0.0/8'])).toBe('private');
    expect(kindOf('https://other.org', '10.1.2.3', ['10.0.0.0/8'])).toBe('unlisted');
  });

  it('of metadata is opened by itself alone', () => {
    expect(at('169.254.169.254', ['169.254.0.0/16', '0.0.0.0/0'])).toBe('metadata');
    expect(at('fd00:ec2::254', ['fd00::/8'])).toBe('metadata');
    expect(at('169.254.169.254', ['169.254.169.254/32'])).toBeUndefined();
  });

  it('within another needs both to be open', () => {
    expect(at('64:ff9b::808:808', ['64:ff9b::/96'])).toBeUndefined();
    expect(at('64:ff9b::7f00:1', ['64:ff9b::/96'])).toBe('loopback');
    expect(at('2001:0:808:808::80ff:fffe', ['2001::/32'])).toBe('loopback');
    expect(at('2002:a9fe:a9fe::', ['2002::/16'])).toBe('metadata');
  });

  it('is open to the entry that is itself, and not to others', () => {
    const entries = ['http://127.0.0.1:8080', 'example.org', 'http://localhost:9'];
    expect(kindOf('http://127.0.0.1:8080', '127.0.0.1', entries)).toBeUndefined();
    expect(kindOf('http://localhost:9', '::1', entries)).toBeUndefined();
    expect(kindOf('http://localhost:9', '10.0.0.1', entries)).toBe('private');
    expect(kindOf('https://example.org', '127.0.0.1', entries)).toBe('loopback');
    expect(kindOf('http://127.0.0.1:8081', '127.0.0.1', entries)).toBe('unlisted');
  });

  it('of an own server may be near, and not where machines are told credentials', () => {
    const own = ['http://vault:8200/v1'];
    for (const address of ['127.0.0.1', '::1', '10.0.0.5', 'fd12::1', '100.64.0.9'])
      expect(kindOf('http://vault:8200', address, [], own), `for ${address}`).toBeUndefined();
    expect(kindOf('http://vault:8200', '169.254.169.254', [], own)).toBe('metadata');
    expect(kindOf('http://vault:8200', 'fe80::1', [], own)).toBe('linkLocal');
    expect(kindOf('http://vault:8201', '10.0.0.5', [], own)).toBe('unlisted');
  });

  it('never passes for being written otherwise', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const special = fc.tuple(fc.constantFrom('127', '10', '0', '224'), octet, octet, octet);
    fc.assert(
      fc.property(special, ([a, b, c, d]) => {
        const hex = ((Number(a) << 24) | (b << 16) | (c << 8) | d) >>> 0;
        const high = (hex >>> 16).toString(16);
        const low = (hex & 0xffff).toString(16);
        for (const address of [
          `${a}.${b}.${c}.${d}`,
          `::ffff:${a}.${b}.${c}.${d}`,
          `::ffff:${high}:${low}`,
          `64:ff9b::${high}:${low}`,
          `2002:${high}:${low}::1`,
          `::${high}:${low}`,
        ])
          expect(at(address), `for ${address}`).toBeDefined();
      }),
    );
  });
});
