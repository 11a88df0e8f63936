import type { AddressInfo } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import type { TestApplication } from './application.js';
import { pieces, type Speech } from './speech.js';

/** A message of the server to a program. */
export interface ChatFrame {
  type: string;
  sequence?: string;
  text?: string;
  conversation_id?: string;
  details?: Record<string, unknown>;
  problem?: { code: string; detail?: string };
  /** Of speech. */
  utterance_id?: string;
  sample_rate?: number;
  confidence?: number | null;
  certain?: boolean;
}

/** A client of the WebSocket of commands, which keeps what it hears. */
export class ChatClient {
  readonly frames: ChatFrame[] = [];
  readonly texts: string[] = [];
  closed: number | undefined;
  /** What was said of the end. */
  reason = '';

  private constructor(readonly socket: WebSocket) {
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      this.texts.push(text);
      if (text.startsWith('{')) this.frames.push(JSON.parse(text) as ChatFrame);
    });
    socket.on('close', (code, reason) => {
      this.closed = code;
      this.reason = reason.toString();
    });
  }

  /** @param path after the host: `/ws/command/admin?token=…` */
  static async open(base: string, path: string, options: ClientOptions = {}): Promise<ChatClient> {
    const client = new ChatClient(new WebSocket(`ws://${base}${path}`, options));
    await new Promise((resolve) => {
      client.socket.once('open', resolve);
      client.socket.once('close', resolve);
    });
    return client;
  }

  say(text: string): void {
    this.socket.send(text);
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The first message that it is true of, heard or to come. */
  async heard(is: (frame: ChatFrame) => boolean, timeoutMs = 10_000): Promise<ChatFrame> {
    return this.waitFor(() => this.frames.find(is), timeoutMs);
  }

  /** What is heard from now on in answer to a text. */
  async ask(text: string): Promise<ChatFrame> {
    const from = this.frames.length;
    this.send({ action: 'say', text });
    return this.waitFor(
      () => this.frames.slice(from).find(({ type }) => ['answer', 'question', 'error'].includes(type)),
      15_000,
    );
  }

  /** What is heard from now on in answer to speech. */
  async speak(speech: Speech, bytes?: number): Promise<ChatFrame> {
    const from = this.frames.length;
    this.send({ action: 'voice_start', sample_rate: speech.rate });
    for (const piece of pieces(speech.pcm, bytes)) this.socket.send(piece);
    this.send({ action: 'voice_end' });
    return this.waitFor(
      () => this.frames.slice(from).find(({ type }) => ['answer', 'question', 'error'].includes(type)),
      30_000,
    );
  }

  /** The next text that comes in answer to one. */
  async askText(text: string): Promise<string> {
    const from = this.texts.length;
    this.say(text);
    return this.waitFor(() => this.texts[from], 15_000);
  }

  private async waitFor<T>(found: () => T | undefined, timeoutMs: number): Promise<T> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const value = found();
      if (value !== undefined) return value;
      if (Date.now() > until || this.closed !== undefined)
        throw new Error(`not heard; closed ${this.closed}; heard ${this.texts.slice(-3).join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** Has an application listen. @returns host and port */
export async function listen({ app }: TestApplication): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return `127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
}
