import type { Attributes } from '@opentelemetry/api';
import { inSpan } from '../tracing/index.js';
import type { Answer, BackendCall } from './backends/backend.js';
import { wireSeed } from './call-key.js';
import type { BackendName } from './llm.types.js';

/** What is known of a call once it is over. */
export interface Ended {
  answer: Answer;
  /** The server that was asked; absent: none was. */
  server?: string | undefined;
  /** From the cassette, or the answer to somebody else. */
  source: 'model' | 'cassette' | 'shared';
}

/** Gives a call a span by the semantic conventions for generative AI; neither prompt nor answer is in it. */
export function inCallSpan<T extends Ended>(
  backend: BackendName,
  call: BackendCall,
  work: () => Promise<T>,
): Promise<T> {
  const attributes = requestAttributes(backend, call);
  return inSpan(`chat ${call.model}`, { kind: 'CLIENT', attributes }, async (span) => {
    const ended = await work();
    span?.setAttributes(responseAttributes(call, ended));
    return ended;
  });
}

function requestAttributes(backend: BackendName, { model, request, seed }: BackendCall): Attributes {
  const { purpose, temperature, topP, maxTokens, stop } = request;
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': backend,
    'gen_ai.request.model': model,
    'azt3knet.llm.purpose': purpose,
    ...(seed !== undefined && { 'gen_ai.request.seed': wireSeed(seed) }),
    ...(temperature !== undefined && { 'gen_ai.request.temperature': temperature }),
    ...(topP !== undefined && { 'gen_ai.request.top_p': topP }),
    ...(maxTokens !== undefined && { 'gen_ai.request.max_tokens': maxTokens }),
    ...(stop !== undefined && { 'gen_ai.request.stop_sequences': [...stop] }),
  };
}

function responseAttributes({ model }: BackendCall, { answer, server, source }: Ended): Attributes {
  const url = server === undefined ? undefined : new URL(server);
  return {
    'gen_ai.response.model': model,
    'gen_ai.response.finish_reasons': [answer.finish],
    'gen_ai.usage.input_tokens': answer.tokens.input,
    'gen_ai.usage.output_tokens': answer.tokens.output,
    'azt3knet.llm.source': source,
    ...(url !== undefined && {
      'server.address': url.hostname,
      'server.port': Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    }),
  };
}
