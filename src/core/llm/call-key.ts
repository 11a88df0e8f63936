import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { BackendName, LlmRequest, Message } from './llm.types.js';

/** What of a request can change its answer, as it is keyed and kept: snake_case, and without what was not given. */
export interface CanonicalRequest {
  readonly messages: readonly Message[];
  readonly temperature?: number;
  readonly top_p?: number;
  readonly max_tokens?: number;
  readonly context_tokens?: number;
  readonly stop?: readonly string[];
  readonly think?: boolean;
  readonly schema?: object;
}

/** What a call is known by. */
export interface CallIdentity {
  readonly backend: BackendName;
  readonly model_digest: string;
  readonly request: CanonicalRequest;
  readonly seed: string | null;
}

export function canonicalRequest(request: LlmRequest, schema: object | undefined): CanonicalRequest {
  const { messages, temperature, topP, maxTokens, contextTokens, stop, think } = request;
  return {
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    ...(contextTokens !== undefined && { context_tokens: contextTokens }),
    ...(stop !== undefined && { stop }),
    ...(think !== undefined && { think }),
    ...(schema !== undefined && { schema }),
  };
}

/** The key of a call: SHA-256, hexadecimal, of its identity in the canonical form of RFC 8785. */
export function callKey({ backend, model_digest, request, seed }: CallIdentity): string {
  return sha256Of({ backend, model_digest, request, seed });
}

/** SHA-256, hexadecimal, of a value in the canonical form of RFC 8785. */
export function sha256Of(value: object): string {
  return createHash('sha256')
    .update(canonicalize(value) as string)
    .digest('hex');
}

/** The seed that goes over the wire: 31 bits of a text, which every server takes. */
export function wireSeed(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE(0) >>> 1;
}
