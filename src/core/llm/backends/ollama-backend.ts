import { createHash } from 'node:crypto';
import { Ollama, type ChatRequest, type ChatResponse } from 'ollama';
import type { EgressChannel } from '../../egress/index.js';
import { wireSeed } from '../call-key.js';
import { LlmError } from '../llm.errors.js';
import type { Answer, Backend, BackendCall } from './backend.js';
import { ask, failureOf } from './ask.js';
import { jsonLines } from './json-lines.js';
import { splitThinking } from './thinking.js';
import { toldCount, toldText } from './told.js';

const NANOSECONDS = 1e6;

/** Servers that speak the protocol of Ollama, by its own client, which is given our way out. */
export class OllamaBackend implements Backend {
  readonly name = 'ollama';

  constructor(
    readonly model: string,
    readonly servers: readonly string[],
    private readonly channel: EgressChannel,
  ) {}

  async chat(call: BackendCall, server: string, signal: AbortSignal): Promise<Answer> {
    const started = performance.now();
    try {
      const parts = await this.client(server, call.model, signal).chat({
        ...chatRequest(call),
        stream: true,
      });
      let content = '';
      let thinking = '';
      let last: ChatResponse | undefined;
      for await (const part of parts) {
        content += toldText(part.message.content);
        thinking += toldText(part.message.thinking);
        last = part;
      }
      if (last?.done !== true) throw new Error('the answer has no end');
      return answerOf(last, { content, thinking }, performance.now() - started);
    } catch (error) {
      throw failureOf(this.name, error, signal);
    }
  }

  async digest({ model }: { model: string }, server: string, signal: AbortSignal): Promise<string> {
    const models = await this.list(server, signal);
    const found = models.find(({ name }) => name === model || name === `${model}:latest`);
    if (found === undefined) throw LlmError.modelMissing(this.name, model);
    const digest = found.digest.replace(/^sha256:/, '');
    // Servers that only speak its protocol tell none: the name stands for the model.
    return /^[\da-f]{64}$/.test(digest)
      ? digest
      : createHash('sha256').update(`ollama:${model}:${digest}`).digest('hex');
  }

  async probe(server: string, signal: AbortSignal): Promise<void> {
    await this.list(server, signal);
  }

  private async list(server: string, signal: AbortSignal): Promise<{ name: string; digest: string }[]> {
    try {
      const { models } = await this.client(server, '', signal).list();
      if (Array.isArray(models) && models.every((each) => typeof each === 'object' && each !== null))
        return models.map(({ name, digest }) => ({ name: toldText(name), digest: toldText(digest) }));
      throw new Error('it answers with something that is no list of models');
    } catch (error) {
      throw failureOf(this.name, error, signal);
    }
  }

  /** A client for one request: it keeps those that fail for ever, and cannot cancel one alone. */
  private client(host: string, model: string, signal: AbortSignal): Ollama {
    return new Ollama({
      host,
      fetch: async (input, init = {}) => {
        const { body } = init;
        const headers = { accept: 'application/json', 'content-type': 'application/json' };
        const method = init.method === 'POST' ? 'POST' : 'GET';
        const question = {
          method,
          url: input instanceof Request ? input.url : input.toString(),
          headers,
          model,
          signal,
        } as const;
        // Statuses that are errors never reach the client, which would write them to the standard output.
        const response = await ask(this.channel, this.name, {
          ...question,
          ...(typeof body === 'string' && { body }),
        });
        return method === 'POST' ? jsonLines(response) : response;
      },
    });
  }
}

/** What is sent; `seed` and the like are honoured inside `options` only. */
function chatRequest({ model, request, schema, seed }: BackendCall): ChatRequest {
  const { messages, temperature, topP, maxTokens, contextTokens, stop, think } = request;
  const options = {
    ...(seed !== undefined && { seed: wireSeed(seed) }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxTokens !== undefined && { num_predict: maxTokens }),
    ...(contextTokens !== undefined && { num_ctx: contextTokens }),
    ...(stop !== undefined && { stop: [...stop] }),
  };
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(think !== undefined && { think }),
    ...(schema !== undefined && { format: schema }),
    options,
  };
}

function answerOf(last: ChatResponse, said: { content: string; thinking: string }, ms: number): Answer {
  const split = splitThinking(said.content);
  return {
    content: split.content,
    thinking: [said.thinking.trim(), split.thinking].filter((text) => text !== '').join('\n'),
    finish: last.done_reason === 'length' ? 'length' : 'stop',
    // A prompt that the server remembers is not counted by some versions.
    tokens: { input: toldCount(last.prompt_eval_count), output: toldCount(last.eval_count) },
    timing: {
      total_ms: Math.round(ms),
      load_ms: milliseconds(last.load_duration),
      prompt_ms: milliseconds(last.prompt_eval_duration),
      eval_ms: milliseconds(last.eval_duration),
    },
  };
}

function milliseconds(nanoseconds: number | undefined): number {
  return toldCount((nanoseconds ?? 0) / NANOSECONDS);
}
