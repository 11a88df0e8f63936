import { NetworkError, StrangeAnswerError } from './api-error.js';

const MIB = 2 ** 20;
/** The largest answer that is kept in memory. */
const LARGEST_TEXT = 64 * MIB;

/** Who reads an answer, and how long that may take. */
export interface Reading {
  request: Request;
  /** Milliseconds. */
  timeoutMs: number;
  /** The largest text, in bytes; 64 MiB unless given. */
  largest?: number;
}

/**
 * All of an answer's text.
 * @throws NetworkError when the connection breaks, it takes longer than `timeoutMs` or is larger than allowed
 */
export async function textOf(
  response: Response,
  { request, timeoutMs, largest = LARGEST_TEXT }: Reading,
): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  const end = performance.now() + timeoutMs;
  let [text, bytes] = ['', 0];
  for (;;) {
    const { done, value } = await readWithin(reader, { request, timeoutMs: end - performance.now() });
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > largest) {
      abandon(reader);
      throw new StrangeAnswerError(request.url, `answers with more than ${largest / MIB} MiB`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** What an answer says in JSON; undefined for nothing. @throws NetworkError, also for what is no JSON */
export async function jsonOf(response: Response, reading: Reading): Promise<unknown> {
  const text = await textOf(response, reading);
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new StrangeAnswerError(reading.request.url);
  }
}

/** A body that breaks with a NetworkError, also where no byte comes for `timeoutMs`. */
export function watched(body: ReadableStream<Uint8Array>, reading: Reading): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const { done, value } = await readWithin(reader, reading);
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  };
  // Nothing is read ahead: who reads slowly is not told that the server is slow.
  return new ReadableStream(source, { highWaterMark: 0 });
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function readWithin(reader: Reader, { request, timeoutMs }: Reading): ReturnType<Reader['read']> {
  try {
    return await within(timeoutMs, request, reader.read());
  } catch (error) {
    abandon(reader);
    request.signal.throwIfAborted();
    if (error instanceof NetworkError) throw error;
    throw NetworkError.broken(request.url, error);
  }
}

/** Not waited for: a body that hangs may hang in this too. */
function abandon(reader: Reader): void {
  reader.cancel().catch(() => undefined);
}

/**
 * Listens to the signal of the request itself: between requests made of one another an abort may be lost, for the platform
 * keeps those that nobody else holds only until memory is cleared.
 * @throws NetworkError when it takes longer, and the signal's reason as soon as it is given
 */
export async function within<T>(
  timeoutMs: number,
  request: Pick<Request, 'url' | 'signal'>,
  work: Promise<T>,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listening = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    const abort = (): void => reject(request.signal.reason as Error);
    if (request.signal.aborted) abort();
    request.signal.addEventListener('abort', abort, { signal: listening.signal });
    if (timeoutMs === Infinity) return;
    timer = setTimeout(() => reject(NetworkError.late(request.url)), Math.max(0, timeoutMs));
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
    listening.abort();
  }
}
