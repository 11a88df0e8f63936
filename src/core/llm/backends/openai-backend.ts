import { createHash } from 'node:crypto';
import { createParser } from 'eventsource-parser';
import type { EgressChannel } from '../../egress/index.js';
import { wireSeed } from '../call-key.js';
import type { Answer, Backend, BackendCall } from './backend.js';
import { ask, failureOf } from './ask.js';
import { splitThinking } from './thinking.js';
import { toldCount, toldText } from './told.js';

/** A piece of an answer. vLLM calls thinking `reasoning_content`, then `reasoning`, as Ollama does. */
interface Chunk {
  choices?: {
    delta?: { content?: unknown; reasoning_content?: unknown; reasoning?: unknown };
    finish_reason?: string | null;
  }[];
  usage?: { prompt_tokens?: unknown; completion_tokens?: unknown } | null;
  error?: { message?: string } | string;
}

/** The longest event that is read. */
const LONGEST_EVENT = 1_048_576;

/** Servers that speak the protocol of OpenAI: vLLM, llama.cpp, Ollama below /v1. */
export class OpenAiBackend implements Backend {
  readonly name = 'openai';

  constructor(
    readonly model: string,
    /** With the path of their version: `http://host:8000/v1`. */
    readonly servers: readonly string[],
    private readonly channel: EgressChannel,
    private readonly apiKey: () => string | undefined,
  ) {}

  async chat(call: BackendCall, server: string, signal: AbortSignal): Promise<Answer> {
    const started = performance.now();
    const response = await ask(this.channel, this.name, {
      method: 'POST',
      url: `${server}/chat/completions`,
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...this.credentials() },
      body: JSON.stringify(chatRequest(call)),
      model: call.model,
      signal,
    });
    const reading = new Reading();
    try {
      for await (const bytes of response.body ?? []) reading.feed(bytes as Uint8Array);
      return reading.answer(performance.now() - started);
    } catch (error) {
      throw failureOf(this.name, error, signal);
    }
  }

  /** Nobody tells the digest of a model here: its name stands for it. */
  async digest({ model }: { model: string }): Promise<string> {
    return createHash('sha256').update(`openai:${model}`).digest('hex');
  }

  async probe(server: string, signal: AbortSignal): Promise<void> {
    const headers = { accept: 'application/json', ...this.credentials() };
    const response = await ask(this.channel, this.name, {
      method: 'GET',
      url: `${server}/models`,
      headers,
      signal,
    });
    await response.body?.cancel();
  }

  private credentials(): Record<string, string> {
    const key = this.apiKey();
    return key === undefined ? {} : { authorization: `Bearer ${key}` };
  }
}

function chatRequest({ model, request, schema, seed }: BackendCall): object {
  const { messages, temperature, topP, maxTokens, stop } = request;
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    stream_options: { include_usage: true },
    ...(seed !== undefined && { seed: wireSeed(seed) }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    ...(stop !== undefined && { stop }),
    ...(schema !== undefined && {
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } },
    }),
  };
}

/** An answer that comes as server-sent events. */
class Reading {
  private readonly decoder = new TextDecoder();
  private content = '';
  private thinking = '';
  private finish: string | undefined;
  private usage: Chunk['usage'];
  private isDone = false;
  private readonly parser = createParser({
    maxBufferSize: LONGEST_EVENT,
    onEvent: ({ data }) => this.event(data),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw error;
    },
  });

  feed(bytes: Uint8Array): void {
    this.parser.feed(this.decoder.decode(bytes, { stream: true }));
  }

  /** @throws Error when the end is missing */
  answer(ms: number): Answer {
    if (!this.isDone && this.finish === undefined) throw new Error('the answer has no end');
    const split = splitThinking(this.content);
    const { prompt_tokens: input, completion_tokens: output } = this.usage ?? {};
    return {
      content: split.content,
      thinking: [this.thinking.trim(), split.thinking].filter((text) => text !== '').join('\n'),
      finish: this.finish === 'length' ? 'length' : 'stop',
      tokens: { input: toldCount(input), output: toldCount(output) },
      timing: { total_ms: Math.round(ms) },
    };
  }

  private event(data: string): void {
    if (data === '[DONE]') {
      this.isDone = true;
      return;
    }
    const { choices = [], usage, error } = JSON.parse(data) as Chunk;
    if (error !== undefined) {
      throw new Error(typeof error === 'string' ? error : (error.message ?? 'it failed'));
    }
    this.usage = usage ?? this.usage;
    const [choice] = choices;
    this.content += toldText(choice?.delta?.content);
    this.thinking += toldText(choice?.delta?.reasoning_content ?? choice?.delta?.reasoning);
    this.finish = choice?.finish_reason ?? this.finish;
  }
}
