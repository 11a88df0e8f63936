import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSigned } from '../../src/core/webhooks/signature.js';

/** What messages to a receiver are signed with. */
export const RECEIVER_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

interface Message {
  type: string;
  data: Record<string, unknown>;
}
interface Failure {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/**
 * A server that gets publications, as an operator would write one: it keeps a message once, says 409 to one that comes again, and
 * at `/lookup` whether it has one. It fails when it is told to.
 */
export class WebhookReceiver {
  readonly messages = new Map<string, Message>();
  /** Ids whose signatures were wrong. */
  readonly forged: string[] = [];
  /** Messages that came, those that came again as well; no questions. */
  attempts = 0;
  questions = 0;
  /** Answers to the next requests, in place of the right ones. */
  failures: Failure[] = [];
  /** Whether it keeps what comes and never says so: the connection breaks. */
  loses = false;
  /** Whether it can be asked. */
  knows = true;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => void receiver.receive(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    const id = String(request.headers['webhook-id']);
    const timestamp = Number(request.headers['webhook-timestamp']);
    if (!isSigned({ id, timestamp, body }, String(request.headers['webhook-signature']), [RECEIVER_SECRET]))
      this.forged.push(id);
    const message = JSON.parse(body) as Message;
    const isQuestion = request.url === '/lookup';
    if (isQuestion) this.questions += 1;
    else this.attempts += 1;
    const failure = this.failures.shift() ?? (isQuestion && !this.knows ? { status: 503 } : undefined);
    if (failure !== undefined) {
      response.writeHead(failure.status, failure.headers).end(failure.body ?? '{}');
    } else if (isQuestion) {
      const asked = String(message.data['id']);
      const found = this.messages.has(asked);
      response.end(JSON.stringify({ found, ...(found && { url: `${this.url}/posts/${asked}` }) }));
    } else {
      const status = this.messages.has(id) ? 409 : 201;
      if (status === 201) this.messages.set(id, message);
      if (this.loses) request.socket.destroy();
      else response.writeHead(status).end('{}');
    }
  }
}
