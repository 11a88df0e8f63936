import { describe, expect, it } from 'vitest';
import { exchangeOf, redirected } from './exchange.js';

const SECRETS = { authorization: 'Bearer x', cookie: 'a=b', 'x-api-key': 'k', accept: 'text/plain' };

const from = (method: string, body?: string) =>
  exchangeOf('https://example.org/a?token=x', { method, headers: SECRETS, body: body ?? null });

describe('a request', () => {
  it.each([
    'example.org',
    'file:///etc/passwd',
    'gopher://example.org',
    'data:text/plain,x',
    'https://[fe80::1%25eth0]/',
    'https://a b/',
    'https://user@example.org',
    'https://:word@example.org',
  ])('is not made to %s', (url) => {
    expect(() => exchangeOf(url, {})).toThrow(expect.objectContaining({ code: 'egress_invalid' }));
  });

  it('repeats no secret of a URL', () => {
    expect(() => exchangeOf('https://me:hunter2@example.org/?token=abc', {})).toThrow(
      /^the URL of https:\/\/example\.org has a user or a password in it$/,
    );
  });

  it.each([
    { 'x-a': 'b\r\nx-c: d' },
    { 'x-a\r\nhost': 'b' },
    { 'x-a': 'b\0' },
    { 'x-a': 'ñ→' },
    { host: 'other' },
    { 'Transfer-Encoding': 'chunked' },
    { 'content-length': '0' },
    { 'Proxy-Authorization': 'x' },
    { 'user-agent': 'browser' },
  ])('has no header %j', (headers) => {
    const attempt = (): unknown => exchangeOf('https://example.org', { headers });
    expect(attempt).toThrow(expect.objectContaining({ code: 'egress_invalid' }));
    expect(attempt).not.toThrow(/x-c/);
  });

  it('has a method that is one, and a body where there can be one', () => {
    expect(() => exchangeOf('https://example.org', { method: 'GET / HTTP/1.1\r\n' })).toThrow(/one of/);
    expect(() => exchangeOf('https://example.org', { method: 'CONNECT' })).toThrow(/one of/);
    expect(() => exchangeOf('https://example.org', { body: 'x' })).toThrow('GET has no body');
  });

  it('says who asks', () => {
    const { headers } = exchangeOf('https://example.org', {});
    expect(headers.get('user-agent')).toMatch(/^Azt3kNet\/\d.* \(synthetic laboratory\)$/);
  });
});

describe('a redirect', () => {
  it('keeps what it had within an origin', () => {
    const next = redirected(from('PUT', 'x'), 307, '/b');
    expect(next).toMatchObject({ method: 'PUT', body: 'x' });
    expect(next.url.href).toBe('https://example.org/b');
    expect(next.headers.get('authorization')).toBe('Bearer x');
  });

  it('has nothing but harmless headers for another origin', () => {
    for (const to of ['https://other.org/', 'https://example.org:8443/', '//other.org'])
      expect([...redirected(from('GET'), 302, to).headers.keys()], `to ${to}`).toEqual([
        'accept',
        'user-agent',
      ]);
  });

  it('becomes a GET as fetch has it', () => {
    const seen = [301, 302, 303, 307, 308].map((status) =>
      ['POST', 'PUT', 'HEAD'].map(
        (method) => redirected(from(method, method === 'HEAD' ? undefined : 'x'), status, '/b').method,
      ),
    );
    expect(seen).toEqual([
      ['GET', 'PUT', 'HEAD'],
      ['GET', 'PUT', 'HEAD'],
      ['GET', 'GET', 'HEAD'],
      ['POST', 'PUT', 'HEAD'],
      ['POST', 'PUT', 'HEAD'],
    ]);
    expect(redirected(from('POST', 'x'), 303, '/b').body).toBeNull();
  });

  it.each([
    ['a body for another origin', 'POST', 307, 'https://other.org', 'egress_redirect'],
    ['the loss of TLS', 'GET', 302, 'http://example.org/', 'egress_redirect'],
    ['another scheme', 'GET', 302, 'file:///etc/passwd', 'egress_invalid'],
    ['a user', 'GET', 302, 'https://me:word@example.org/', 'egress_invalid'],
    ['no URL', 'GET', 302, 'https://[::1', 'egress_invalid'],
  ])('is refused for %s', (_, method, status, to, code) => {
    const body = method === 'POST' ? 'x' : undefined;
    expect(() => redirected(from(method, body), status, to)).toThrow(expect.objectContaining({ code }));
  });
});
