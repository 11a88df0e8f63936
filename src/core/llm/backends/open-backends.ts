import type { LlmConfig } from '../../config/index.js';
import type { EgressClient } from '../../egress/index.js';
import type { BackendName } from '../llm.types.js';
import type { Backend } from './backend.js';
import { OllamaBackend } from './ollama-backend.js';
import { OpenAiBackend } from './openai-backend.js';
import { RulesBackend } from './rules-backend.js';

/** The longest answer that is read: a stream has about a hundred bytes for each token. */
const LONGEST_ANSWER = 33_554_432;

/**
 * The backends that are configured, in the order in which they are preferred. A server that the operator names in a variable
 * of these counts as listed for calls of models alone; repetitions are the gateway's.
 */
export function openBackends(
  { ollama, openai, concurrency }: LlmConfig,
  egress: EgressClient,
): Map<BackendName, Backend> {
  const channel = (purpose: string, urls: readonly string[], timeoutSeconds: number) =>
    egress.channel(purpose, {
      own: urls,
      timeoutMs: timeoutSeconds * 1_000,
      maxBytes: LONGEST_ANSWER,
      retries: 0,
      connections: concurrency,
    });
  const backends: Backend[] = [];
  if (ollama !== undefined) {
    const { model, urls, timeoutSeconds } = ollama;
    backends.push(new OllamaBackend(model, urls, channel('ollama', urls, timeoutSeconds)));
  }
  if (openai !== undefined) {
    const { model, urls, timeoutSeconds } = openai;
    const way = channel('openai', urls, timeoutSeconds);
    backends.push(new OpenAiBackend(model, urls, way, () => openai.apiKey));
  }
  backends.push(new RulesBackend());
  return new Map(backends.map((backend) => [backend.name, backend]));
}
