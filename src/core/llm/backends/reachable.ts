import { EgressError } from '../../egress/index.js';
import { LlmError } from '../llm.errors.js';
import type { Backend } from './backend.js';

/** So long a server has to say that it is there. */
const PROBE_MS = 3_000;

/** Why a server cannot be asked now; undefined when it can. */
export async function problemOf(backend: Backend, server: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(PROBE_MS);
  try {
    await backend.probe(server, signal);
    return undefined;
  } catch (error) {
    return problemText(error, signal);
  }
}

/** The digest of the model of a backend, or why it is not known. */
export async function digestOrProblem(
  backend: Backend,
  server: string,
): Promise<{ digest: string } | { problem: string }> {
  const signal = AbortSignal.timeout(PROBE_MS);
  try {
    const request = { purpose: 'status', messages: [] };
    return { digest: await backend.digest({ model: backend.model, request }, server, signal) };
  } catch (error) {
    return { problem: problemText(error, signal) };
  }
}

function problemText(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return `has not answered within ${PROBE_MS / 1_000} s`;
  if (error instanceof LlmError || error instanceof EgressError) return error.message;
  throw error;
}
