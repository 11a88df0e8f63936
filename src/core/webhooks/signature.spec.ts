import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned, signWebhook } from './signature.js';

// The example that Standard Webhooks and its libraries are tested with.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const MESSAGE = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
};
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const other = `whsec_${randomBytes(32).toString('base64')}`;

describe('a signature', () => {
  it('is that of Standard Webhooks', () => {
    expect(signWebhook(MESSAGE, [SECRET])).toEqual({
      'webhook-id': MESSAGE.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': SIGNATURE,
    });
    expect(isSigned(MESSAGE, SIGNATURE, [SECRET])).toBe(true);
    expect(isSigned({ ...MESSAGE, body: Buffer.from(MESSAGE.body) }, SIGNATURE, [SECRET])).toBe(true);
  });

  it('is by one of several secrets, on either side', () => {
    const { 'webhook-signature': both = '' } = signWebhook(MESSAGE, [other, SECRET]);
    expect(both.split(' ')).toHaveLength(2);
    expect(isSigned(MESSAGE, both, [SECRET])).toBe(true);
    expect(isSigned(MESSAGE, SIGNATURE, [other, SECRET])).toBe(true);
    expect(isSigned(MESSAGE, `v1a,abc v2,abc ${SIGNATURE}`, [SECRET])).toBe(true);
  });

  it.each([
    ['another secret', MESSAGE, SIGNATURE, [other]],
    ['no secret', MESSAGE, SIGNATURE, []],
    ['another id', { ...MESSAGE, id: 'msg_other' }, SIGNATURE, [SECRET]],
    ['another time', { ...MESSAGE, timestamp: MESSAGE.timestamp + 1 }, SIGNATURE, [SECRET]],
    ['another body', { ...MESSAGE, body: '{"test":2432232314}' }, SIGNATURE, [SECRET]],
    ['another version', MESSAGE, SIGNATURE.replace('v1', 'v2'), [SECRET]],
    ['no version', MESSAGE, SIGNATURE.slice(3), [SECRET]],
    ['a part of it', MESSAGE, SIGNATURE.slice(0, -8), [SECRET]],
    ['nothing', MESSAGE, '', [SECRET]],
    ['nothing of a version', MESSAGE, 'v1,', [SECRET]],
  ])('does not hold with %s', (_, message, header, secrets) => {
    expect(isSigned(message, header, secrets)).toBe(false);
  });

  it.each([
    '',
    'whsec_',
    'whsec_c2hvcnQ=',
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_not base64 at all, and long',
  ])('is made with no secret like %j', (secret) => {
    expect(() => signWebhook(MESSAGE, [secret])).toThrow('whsec_ and 24 to 64 bytes');
  });
});
