import { createHmac, timingSafeEqual } from 'node:crypto';

// Standard Webhooks 1.0: HMAC-SHA-256 over id, time and the bytes of the body.

const VERSION = 'v1';
const SECRET = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/;
/** Bytes that a secret has. */
const SECRET_MIN = 24;
const SECRET_MAX = 64;
/** Signatures of one message that are looked at. */
const SIGNATURES_MAX = 10;

/** A message as it is signed. */
export interface SignedMessage {
  /** Of the message, the same when it is sent again; without dots, which separate it from the rest. */
  id: string;
  /** Of this attempt, in seconds since 1970. */
  timestamp: number;
  /** As it goes over the wire. */
  body: string | Uint8Array;
}

/** The key of a secret, `whsec_` and 24 to 64 bytes in base64. @throws Error which does not tell it */
function keyOf(secret: string): Buffer {
  const key = Buffer.from(SECRET.exec(secret)?.[1] ?? '', 'base64');
  if (key.length < SECRET_MIN || key.length > SECRET_MAX)
    throw new Error('a secret of webhooks is whsec_ and 24 to 64 bytes in base64');
  return key;
}

function macOf({ id, timestamp, body }: SignedMessage, secret: string): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
}

/**
 * The headers of a message that is sent.
 * @param secrets while one takes the place of another both: the receiver may know either
 * @throws Error when a secret has another form
 */
export function signWebhook(message: SignedMessage, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => `${VERSION},${macOf(message, secret).toString('base64')}`);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': signatures.join(' '),
  };
}

/**
 * Whether one of the signatures is by one of the secrets, in a time that does not tell how much of it is right.
 * @param header `v1,…` once or several times with spaces between; versions that are not known are passed over
 * @throws Error when a secret has another form
 */
export function isSigned(message: SignedMessage, header: string, secrets: readonly string[]): boolean {
  const given = header
    .split(' ', SIGNATURES_MAX)
    .filter((each) => each.startsWith(`${VERSION},`))
    .map((each) => Buffer.from(each.slice(VERSION.length + 1), 'base64'));
  const matches = secrets.flatMap((secret) => {
    const mac = macOf(message, secret);
    return given.map((each) => each.length === mac.length && timingSafeEqual(each, mac));
  });
  return matches.includes(true);
}
