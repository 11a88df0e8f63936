import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { Send } from '@azt3knet/client';

/** What Fastify's `inject` answers when the payload is to be a stream. */
interface Injected {
  statusCode: number;
  statusMessage: string;
  headers: Record<string, string | string[] | number | undefined>;
  stream(): Readable;
}

/** An application that can be called without a network. */
export interface Injectable {
  inject(request: {
    method: string;
    url: string;
    headers: Record<string, string>;
    payload?: Buffer;
    payloadAsStream: true;
    signal: AbortSignal;
    remoteAddress?: string;
  }): Promise<Injected>;
}

const WITHOUT_BODY = new Set([204, 304]);

/**
 * The platform's `fetch`, to an application in this process: nothing listens, and answers stream.
 * @param remoteAddress of whom the requests are made for, where that is not this machine
 */
export function fetchByInject(app: Injectable, remoteAddress?: string): Send {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const response = await app.inject({
      method: request.method,
      url: `${pathname}${search}`,
      headers: Object.fromEntries(request.headers),
      ...(request.body !== null && { payload: Buffer.from(await request.arrayBuffer()) }),
      payloadAsStream: true,
      signal: request.signal,
      ...(remoteAddress !== undefined && { remoteAddress }),
    });
    const { statusCode: status, statusMessage: statusText } = response;
    const body = WITHOUT_BODY.has(status) ? null : webStream(response.stream());
    return new Response(body, { status, statusText, headers: headersOf(response.headers) });
  };
}

/** Not `Readable.toWeb`, which throws out of nowhere when the reader leaves while a piece is on its way. */
function webStream(stream: Readable): ReadableStream<Uint8Array> {
  return ReadableStream.from<Uint8Array>(stream);
}

function headersOf(headers: Injected['headers']): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) result.append(name, String(each));
    }
  }
  return result;
}
