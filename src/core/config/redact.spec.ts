import { describe, expect, it } from 'vitest';
import { redacted, withoutPasswords } from './redact.js';

describe('a value as people may read it', () => {
  it.each([
    ['postgres://app:s3cr3t@db:5432/lab', 'postgres://app:***@db:5432/lab'],
    ['redis://s3cr3t@host:6379/0', 'redis://***@host:6379/0'],
    ['redis://:s3cr3t@host', 'redis://***@host'],
    ['user:s3cr3t@host:9', 'user:***@host:9'],
    ['s3cr3t@host:9', '***@host:9'],
    ['//s3cr3t@host', '//***@host'],
    ['http://a:s3cr3t@h1,http://s3cr3t@h2 , http://h3', 'http://a:***@h1,http://***@h2 , http://h3'],
    ['http://h1,b:s3cr3t@h2:9', 'http://***@h2:9'],
    ['postgres://u:12/s3cr3t,x@host', 'postgres://***@host'],
    ['postgres://u:s3cr@3t@host', 'postgres://***@host'],
    ['http://h/?a=1&pass%77ord=s3cr3t&b=2', 'http://h/?a=1&pass%77ord=***&b=2'],
    ['h:9/?access_token=s3cr3t', 'h:9/?access_token=***'],
  ])('hides what is secret in %s', (text, shown) => {
    expect(withoutPasswords(text)).toBe(shown);
  });

  it.each(['https://lab.example/a', 'http://a,http://b', 'mail@lab.example', '/data', '127.0.0.1:8000'])(
    'leaves %s',
    (text) => {
      expect(withoutPasswords(text)).toBe(text);
    },
  );

  it('of a secret is where its URL leads, or nothing', () => {
    expect(redacted('DATABASE_URL', 'postgres://u:s3cr3t@h/d')).toBe('postgres://u:***@h/d');
    expect(redacted('DATABASE_URL', 'scheme:s3cr3t')).toBe('***');
    expect(redacted('API_SECRET_KEY', 'http://x')).toBe('***');
  });
});
