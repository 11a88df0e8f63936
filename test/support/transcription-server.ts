import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request for a transcription, as the stand-in understood it. */
export interface Transcribed {
  path: string;
  headers: IncomingHttpHeaders;
  fields: Record<string, string>;
  file: { name: string; type: string; bytes: Buffer };
}

/** What the stand-in answers. */
export interface TranscriptionReply {
  status?: number;
  body?: unknown;
  /** Instead of JSON. */
  text?: string;
  afterMs?: number;
}

/** A server with the endpoint /v1/audio/transcriptions, as whisper servers have it. */
export class TranscriptionServer {
  readonly asked: Transcribed[] = [];
  reply: TranscriptionReply = {};

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      void (async () => {
        const bytes = await buffer(request);
        const type = request.headers['content-type'] ?? '';
        const form = await new Response(new Uint8Array(bytes), {
          headers: { 'content-type': type },
        }).formData();
        const fields: Record<string, string> = {};
        let file = { name: '', type: '', bytes: Buffer.alloc(0) as Buffer };
        for (const [name, value] of form)
          if (typeof value === 'string') fields[name] = value;
          else file = { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) };
        this.asked.push({ path: request.url ?? '', headers: request.headers, fields, file });
        const { status = 200, body = {}, text, afterMs = 0 } = this.reply;
        setTimeout(() => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(text ?? JSON.stringify(body));
        }, afterMs);
      })();
    });
  }

  static async start(): Promise<TranscriptionServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TranscriptionServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
