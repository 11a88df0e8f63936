import { EgressError } from './egress.errors.js';

/** What is still to be said of an answer while its body is read. */
export interface BodyLimits {
  origin: string;
  maxBytes: number;
  /** Makes an error that people can act on of one of the connection. */
  explain: (error: unknown) => unknown;
}

const MAX_STATUS = 599;
/** Statuses of answers that have no body (fetch, 2.2.3). */
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * An answer whose body ends with an error after so many bytes, counted as they are read, decompressed.
 * @throws EgressError `egress_too_large` at once when its length says so, `egress_failed` for a status that is none
 */
export async function limitedResponse(
  response: Response,
  url: string,
  limits: BodyLimits,
): Promise<Response> {
  const { status, statusText, headers } = response;
  if (response.body !== null && Number(headers.get('content-length') ?? 0) > limits.maxBytes) {
    await response.body.cancel();
    throw EgressError.tooLarge(limits.origin, limits.maxBytes);
  }
  if (status > MAX_STATUS) {
    await response.body?.cancel();
    throw EgressError.failed(limits.origin, `it answers with the status ${status}`, undefined);
  }
  const body = response.body === null || WITHOUT_BODY.has(status) ? null : limitedBody(response.body, limits);
  const limited = new Response(body, { status, statusText, headers });
  Object.defineProperty(limited, 'url', { value: url });
  return limited;
}

function limitedBody(
  body: ReadableStream<Uint8Array>,
  { origin, maxBytes, explain }: BodyLimits,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    try {
      const { done, value } = await reader.read();
      if (done) {
        controller.close();
        return;
      }
      bytes += value.length;
      if (bytes > maxBytes) {
        await reader.cancel();
        throw EgressError.tooLarge(origin, maxBytes);
      }
      controller.enqueue(value);
    } catch (error) {
      controller.error(explain(error));
    }
  };
  // Nothing is read before somebody wants it.
  return new ReadableStream({ pull, cancel: (reason) => reader.cancel(reason) }, { highWaterMark: 0 });
}
