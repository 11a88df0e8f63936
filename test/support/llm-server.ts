import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as the stand-in understood it. */
export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

/** What the stand-in does with a call. */
export interface Reply {
  content?: string;
  thinking?: string;
  finish?: 'stop' | 'length';
  tokens?: { input: number; output: number };
  /** Milliseconds before it begins. */
  afterMs?: number;
  /** An answer that is none: a status with a body of the protocol, and headers. */
  status?: number;
  error?: string;
  headers?: Record<string, string>;
  /** What goes wrong after the first piece: an error under status 200, or a connection that breaks. */
  breaks?: 'error' | 'connection' | 'end' | 'garbage' | 'braces';
}

/** Answers a call; `calls` counts them from 1. */
export type Script = (asked: Asked, calls: number) => Reply | Promise<Reply>;

export const MODEL = 'deepseek-r1:1.5b';
export const DIGEST = 'e0979632db5a88d1a53884cb2a941772d10ff5d055aabaa6801c4e36f3a6c2d7';
const CREATED = '2026-01-15T10:30:00.123456789Z';

/** A server that speaks the protocols of Ollama and of OpenAI, to the byte, and answers as it is told. */
export class LlmServer {
  readonly asked: Asked[] = [];
  /** Calls that it works on, and the most that there were. */
  active = 0;
  most = 0;
  digest = DIGEST;
  models = [MODEL];

  private constructor(
    private readonly server: Server,
    public script: Script,
  ) {}

  static async start(script: Script = () => ({})): Promise<LlmServer> {
    const server = createServer((request, response) => {
      void stand.answer(request, response);
    });
    const stand = new LlmServer(server, script);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return stand;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get chats(): Asked[] {
    return this.asked.filter(({ path }) => /\/chat/.test(path));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = request.method === 'POST' ? ((await json(request)) as Record<string, unknown>) : {};
    const asked = { path, headers: request.headers, body };
    this.asked.push(asked);
    if (path === '/api/tags') this.tags(response);
    else if (path === '/v1/models') this.list(response);
    else if (path === '/api/chat' || path === '/v1/chat/completions') await this.chat(asked, response);
    else sendJson(response, 404, { error: 'not found' });
  }

  private tags(response: ServerResponse): void {
    const details = { format: 'gguf', family: 'qwen2', parameter_size: '1.8B', quantization_level: 'Q4_K_M' };
    sendJson(response, 200, {
      models: this.models.map((name) => ({
        name,
        model: name,
        modified_at: CREATED,
        size: 1,
        digest: this.digest,
        details,
      })),
    });
  }

  private list(response: ServerResponse): void {
    const data = this.models.map((id) => ({
      id,
      object: 'model',
      created: 1_768_473_000,
      owned_by: 'library',
    }));
    sendJson(response, 200, { object: 'list', data });
  }

  private async chat(asked: Asked, response: ServerResponse): Promise<void> {
    this.active += 1;
    this.most = Math.max(this.most, this.active);
    // Whoever hangs up is worked for no longer.
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const reply = await this.script(asked, this.chats.length);
      if (reply.afterMs !== undefined) await sleep(reply.afterMs, undefined, { signal: gone.signal });
      const ollama = asked.path === '/api/chat';
      if (reply.status !== undefined) refuse(response, ollama, reply);
      else if (ollama) speakOllama(asked, response, reply, this.models);
      else speakOpenAi(asked, response, reply, this.models);
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    } finally {
      this.active -= 1;
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: object, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

function refuse(
  response: ServerResponse,
  isOllama: boolean,
  { status = 500, error = '', headers }: Reply,
): void {
  const type = { type: 'api_error', param: null, code: null };
  sendJson(response, status, { error: isOllama ? error : { message: error, ...type } }, headers);
}

/** The text in pieces of a few characters, as tokens come. */
function pieces(text: string): string[] {
  return text.match(/[\s\S]{1,7}/gu) ?? [];
}

function speakOllama({ body }: Asked, response: ServerResponse, reply: Reply, models: string[]): void {
  const { content = 'Hello.', thinking = '', finish = 'stop', tokens = { input: 11, output: 7 } } = reply;
  const model = String(body['model']);
  if (!models.includes(model)) {
    sendJson(response, 404, { error: `model '${model}' not found` });
    return;
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const line = (fields: object): void =>
    void response.write(`${JSON.stringify({ model, created_at: CREATED, ...fields })}\n`);
  const message = (fields: object): void =>
    line({ message: { role: 'assistant', content: '', ...fields }, done: false });
  for (const piece of pieces(thinking)) message({ thinking: piece });
  for (const piece of pieces(content)) message({ content: piece });
  if (reply.breaks === 'error') {
    response.end(`${JSON.stringify({ error: 'an error was encountered while running the model' })}\n`);
    return;
  }
  if (breakOff(response, reply)) return;
  line({
    message: { role: 'assistant', content: '' },
    done: true,
    done_reason: finish,
    total_duration: 52_000_000,
    load_duration: 2_000_000,
    prompt_eval_count: tokens.input,
    prompt_eval_duration: 10_000_000,
    eval_count: tokens.output,
    eval_duration: 40_000_000,
  });
  response.end();
}

function speakOpenAi({ body }: Asked, response: ServerResponse, reply: Reply, models: string[]): void {
  const { content = 'Hello.', thinking = '', finish = 'stop', tokens = { input: 11, output: 7 } } = reply;
  const model = String(body['model']);
  if (!models.includes(model)) {
    sendJson(response, 404, { error: { message: `The model \`${model}\` does not exist.`, code: 404 } });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_768_473_000, model };
  const event = (fields: object): void =>
    void response.write(`data: ${JSON.stringify({ ...base, ...fields })}\n\n`);
  const delta = (fields: object, reason: string | null = null): void =>
    event({ choices: [{ index: 0, delta: fields, finish_reason: reason }] });
  delta({ role: 'assistant', content: '' });
  for (const piece of pieces(thinking)) delta({ reasoning_content: piece });
  for (const piece of pieces(content)) delta({ content: piece });
  if (reply.breaks === 'error') {
    response.end(`data: ${JSON.stringify({ error: { message: 'the engine is dead', code: 500 } })}\n\n`);
    return;
  }
  if (breakOff(response, reply)) return;
  delta({}, finish);
  const usage = { prompt_tokens: tokens.input, completion_tokens: tokens.output };
  event({ choices: [], usage: { ...usage, total_tokens: tokens.input + tokens.output } });
  response.end('data: [DONE]\n\n');
}

/** Whether the answer ends before its end. */
function breakOff(response: ServerResponse, { breaks }: Reply): boolean {
  if (breaks === 'connection') setImmediate(() => response.destroy());
  else if (breaks === 'end') response.end();
  else if (breaks === 'braces') response.end('{\u001b]0;owned\u0007 no JSON}\n');
  else if (breaks === 'garbage') response.end('<html>502 Bad Gateway</html>\n');
  else return false;
  return true;
}
