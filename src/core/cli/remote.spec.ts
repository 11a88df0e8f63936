import { describe, expect, it } from 'vitest';
import { ApiError } from '@azt3knet/client';
import { failureOf } from './exit-codes.js';
import { apiUrlOf, remoteClient } from './remote.js';

describe('the URL of a server', () => {
  it('has one spelling', () => {
    expect(apiUrlOf('HTTPS://Lab.Example/base//')).toBe('https://lab.example/base');
  });

  it.each([
    'http://admin:s3cr3t@lab.example',
    'http://:s3cr3t@lab.example',
    'https://lab.example/?token=s3cr3t',
    'user:s3cr3t@host:9',
  ])('is refused and its secret not repeated: %s', (given) => {
    expect(() => apiUrlOf(given)).toThrow('expected a URL that begins with http:// or https://');
    expect(() => apiUrlOf(given)).not.toThrow('s3cr3t');
  });

  it('is repeated where it holds none', () => {
    expect(() => apiUrlOf('lab.example')).toThrow('not lab.example');
  });
});

it.each(['s3cr3t\nx', 's3cr3t ü', ''])(
  'a token that no header can carry is refused unshown',
  async (token) => {
    const refused = remoteClient('http://lab.test', token);
    await expect(refused).rejects.toMatchObject({ code: 'api_token_invalid' });
    await expect(refused).rejects.not.toThrow('s3cr3t');
  },
);

describe('the line that a command ends with', () => {
  it('does not steer the terminal', async () => {
    const error = new ApiError(404, 'x', 'no\u001b[2J\r\nazt3knet: \u202efine\u0007');
    expect(await failureOf(error)).toEqual({ code: 3, line: 'no\ufffd[2J azt3knet: \ufffdfine\ufffd' });
  });

  it('blames the server for an answer without what was looked for', async () => {
    const error = new TypeError("Cannot read properties of undefined (reading 'map')");
    expect(await failureOf(error, 'http://lab.test')).toMatchObject({ code: 7 });
    expect(await failureOf(error)).toMatchObject({ code: 1 });
  });
});
