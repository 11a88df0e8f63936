import { EventSourceParserStream } from 'eventsource-parser/stream';
import { ApiError, StrangeAnswerError } from './api-error.js';
import { sleep } from './sleep.js';

/** Something that happened. */
export interface ApiEvent {
  /** Its position: give the last one as `after` to go on from there. */
  id: string;
  /** e.g. `job.progress` */
  type: string;
  data: unknown;
}

export interface EventsOptions {
  /** The position to go on after; without it, what happens from now on. */
  after?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Opens the stream of events after a position. @throws StrangeAnswerError when the answer is none */
type Open = (after: string | undefined) => Promise<Response>;

const FIRST_DELAY_MS = 500;
const MAX_FAILURES = 5;

/**
 * Events as they come. A connection that ends is opened again after the last position, so that none is lost.
 * @throws ApiError when the server refuses; NetworkError after several failures in a row
 */
export async function* streamEvents(open: Open, { after, signal }: EventsOptions): AsyncGenerator<ApiEvent> {
  let position = after;
  let failures = 0;
  for (;;) {
    try {
      const response = await open(position);
      // Where little happens, connections may break before anything does: that is no row of failures.
      failures = 0;
      for await (const event of parse(response)) {
        position = event.id;
        yield event;
      }
    } catch (error) {
      if (signal?.aborted) return;
      failures += 1;
      const final = error instanceof ApiError || error instanceof StrangeAnswerError;
      if (final || failures >= MAX_FAILURES) throw error;
    }
    try {
      await sleep(FIRST_DELAY_MS * 2 ** Math.max(0, failures - 1), signal);
    } catch {
      return;
    }
  }
}

async function* parse(response: Response): AsyncGenerator<ApiEvent> {
  if (response.body === null) return;
  const messages = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream());
  const reader = messages.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // What has no position has not happened: the server says why it ends the stream.
      if (value.id === undefined) continue;
      yield { id: value.id, type: value.event ?? 'message', data: JSON.parse(value.data) as unknown };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
