import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { EgressChannel } from '../../../core/egress/index.js';
import type { OpinionSource } from '../guard/text-classifier.js';
import { OutsideError } from './outside-classifier.js';

/** The largest answer that is read: a kilobyte for each of a hundred texts is plenty. */
export const LARGEST_ANSWER = 1_048_576;

/** A question in JSON. */
interface JsonQuestion<T> {
  source: OpinionSource;
  url: string;
  token: string | undefined;
  body: object;
  schema: z.ZodType<T>;
  signal: AbortSignal;
}

/**
 * Posts JSON and reads the answer by its schema. The key makes the request one that may be sent twice: rating a text changes
 * nothing.
 * @throws EgressError, OutsideError, or the reason of the signal
 */
export async function askJson<T>(
  channel: EgressChannel,
  { source, url, token, body, schema, signal }: JsonQuestion<T>,
): Promise<T> {
  const text = JSON.stringify(body);
  const response = await channel.fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'idempotency-key': createHash('sha256').update(text).digest('hex'),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: text,
    signal,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw OutsideError.status(source, response.status);
  }
  const read = schema.safeParse(parsed(source, await response.text()));
  if (read.success) return read.data;
  const [{ path, message } = { path: [], message: 'it does not fit' }] = read.error.issues;
  throw OutsideError.unreadable(source, `${path.map(String).join('.') || 'the answer'}: ${message}`);
}

function parsed(source: OpinionSource, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw OutsideError.unreadable(source, 'it is no JSON');
  }
}
