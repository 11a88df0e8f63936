import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressRange, clientAddress, networkOf, trustedProxies } from './client-address.js';

describe('who counts as one', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['not: an address', 'unknown'],
    ['nonsense', 'unknown'],
    ['10', 'unknown'],
    ['0x7f.1', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('a range of addresses', () => {
  it.each(['10.0.0.0/8', '127.0.0.1', '::1', 'fd00::/8'])('may be %s', (text) => {
    expect(addressRange(text)).toBeDefined();
  });

  it.each(['', '10', '10.0.0.0/33', 'localhost', '10.0.0.0-10.0.0.9', '0x7f.1', '::/129'])(
    'is not %j',
    (text) => {
      expect(addressRange(text)).toBeUndefined();
    },
  );
});

describe('the address of a client', () => {
  const trusts = trustedProxies(['10.0.0.0/8', '::1']);
  const find = (remoteAddress: string | undefined, forwarded?: string): string =>
    clientAddress(
      { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage,
      trusts,
    );

  it.each([
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::1', '203.0.113.1, 198.51.100.1 , 10.2.3.4', '198.51.100.1'],
    ['10.0.0.1', '10.0.0.2', '10.0.0.2'],
    ['10.0.0.1', '198.51.100.1:5678', '198.51.100.1'],
    ['10.0.0.1', '[2001:db8::1]:80', '2001:db8::1'],
    ['10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['10.0.0.1', '203.0.113.1:1, 198.51.100.1:2, 10.2.3.4:3', '198.51.100.1'],
    ['10.0.0.1', ' , ', '10.0.0.1'],
    ['10.0.0.1', 'nonsense', '10.0.0.1'],
    ['10.0.0.1', '10', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1, nonsense', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1, nonsense, 10.0.0.2', '10.0.0.2'],
    ['10.0.0.1', 'nonsense, 198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '198.51.100.1, ,', '198.51.100.1'],
    [undefined, '198.51.100.1', ''],
  ])('from %s with %s is %s', (remote, forwarded, client) => {
    expect(find(remote, forwarded)).toBe(client);
  });
});
