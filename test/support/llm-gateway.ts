import type { LlmConfig } from '../../src/core/config/index.js';
import { EgressClient } from '../../src/core/egress/index.js';
import { LlmGateway, type GatewayParts } from '../../src/core/llm/llm-gateway.js';
import type { LlmRequest } from '../../src/core/llm/llm.types.js';
import { Metrics } from '../../src/core/metrics/index.js';
import { MODEL } from './llm-server.js';

const NOTHING: LlmConfig = {
  backend: 'auto',
  ollama: undefined,
  openai: undefined,
  mode: 'live',
  cassette: undefined,
  concurrency: 16,
  prices: { input: 0, output: 0 },
};

/** The configuration of servers of Ollama at these URLs. */
export function ollamaAt(...urls: string[]): Partial<LlmConfig> {
  return { ollama: { urls, model: MODEL, timeoutSeconds: 5 } };
}

/** The same for servers of OpenAI's protocol, without their version. */
export function openAiAt(...urls: string[]): Partial<LlmConfig> {
  const versioned = urls.map((url) => `${url}/v1`);
  return { openai: { urls: versioned, model: MODEL, timeoutSeconds: 5, apiKey: 'sk-test' } };
}

/** A gateway without a database, which is quick to try again and to leave a server alone. */
export function gatewayOf(
  config: Partial<LlmConfig>,
  parts: Partial<GatewayParts> = {},
): { gateway: LlmGateway; metrics: Metrics; close: () => Promise<void> } {
  const egress = new EgressClient({ allow: [] });
  const metrics = new Metrics();
  const gateway = new LlmGateway({
    config: { ...NOTHING, ...config },
    egress,
    metrics,
    cassettes: undefined,
    ...parts,
    flow: {
      retries: 2,
      firstDelayMs: 5,
      longestDelayMs: 20,
      breakAfter: 3,
      breakMs: 150,
      choiceMs: 0,
      ...parts.flow,
    },
  });
  return { gateway, metrics, close: () => egress.close() };
}

/** A request that says something. */
export function saying(text: string, more: Partial<LlmRequest> = {}): LlmRequest {
  return { purpose: 'test', messages: [{ role: 'user', content: text }], ...more };
}
