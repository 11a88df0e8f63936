import { EgressError, retryAfterMs, type EgressChannel } from '../../egress/index.js';
import { LlmError } from '../llm.errors.js';
import type { BackendName } from '../llm.types.js';

/** What a server is asked with. */
export interface Question {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Named in what it says when the server does not have it. */
  model?: string;
  signal: AbortSignal;
}

/** The longest body of a refusal that is read. */
const LONGEST_REFUSAL = 4_096;

/**
 * Asks a server of a backend.
 * @returns an answer whose status is a success
 * @throws LlmError for every other status and for connections that fail; EgressError where it may not be asked; the reason of
 *   the signal
 */
export async function ask(
  channel: EgressChannel,
  backend: BackendName,
  { url, model = '', ...request }: Question,
): Promise<Response> {
  const response = await channel.fetch(url, request).catch((error: unknown) => {
    throw failureOf(backend, error, request.signal);
  });
  if (response.ok) return response;
  throw await refusalOf(response, backend, model);
}

/** What an error while a server is asked, or while its answer is read, means to a caller. */
export function failureOf(backend: BackendName, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof LlmError) return error;
  if (error instanceof EgressError) {
    const passes = error.code === 'egress_failed' || error.code === 'egress_timeout';
    return passes ? LlmError.failed(backend, error.message, error) : error;
  }
  return LlmError.failed(backend, error instanceof Error ? error.message : String(error), error);
}

async function refusalOf(response: Response, backend: BackendName, model: string): Promise<LlmError> {
  const { status } = response;
  if (status === 429 || status === 503) {
    await response.body?.cancel();
    return LlmError.overloaded(backend, status, retryAfterMs(response.headers));
  }
  const said = await wordsOf(response);
  if (status === 404 && /model/i.test(said)) return LlmError.modelMissing(backend, model);
  if (status === 408 || status >= 500) return LlmError.failed(backend, `it answers ${status}: ${said}`);
  return LlmError.refused(backend, status, said);
}

/** What a refusal says: `{"error": "…"}` of Ollama, `{"error": {"message": "…"}}` of OpenAI, or its text. */
async function wordsOf(response: Response): Promise<string> {
  const text = await response.text().then(
    (body) => body.slice(0, LONGEST_REFUSAL),
    () => '',
  );
  try {
    const { error } = JSON.parse(text) as { error?: string | { message?: string } };
    return typeof error === 'object' ? (error.message ?? text) : (error ?? text);
  } catch {
    return text;
  }
}
