import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as the stand-in understood it. */
export interface Questioned {
  path: string;
  headers: IncomingMessage['headers'];
  texts: readonly string[];
  body: Record<string, unknown>;
}

/** What the stand-in does with a request. */
export interface Behaviour {
  /** Of a text, what each category or head gets. */
  scores?: (text: string) => Record<string, number | null>;
  /** Of a text, which categories are flagged. */
  flagged?: (text: string) => string[];
  /** Milliseconds before it answers. */
  afterMs?: number;
  /** A status in place of an answer. */
  status?: number;
  /** Where that status leads. */
  location?: string;
  /** A body of status 200 in place of an answer. */
  body?: string;
  /** Only the first half of the answer comes, then the connection breaks. */
  breaks?: boolean;
}

/** A server that speaks OpenAI's protocol of moderation, and the one of remote classifiers, and answers as it is told. */
export class ClassifierServer {
  readonly asked: Questioned[] = [];
  behaviour: Behaviour = {};

  private constructor(private readonly server: Server) {}

  static async start(behaviour: Behaviour = {}): Promise<ClassifierServer> {
    const server = createServer((request, response) => {
      void stand.answer(request, response);
    });
    const stand = new ClassifierServer(server);
    stand.behaviour = behaviour;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return stand;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await json(request)) as Record<string, unknown>;
    const path = request.url ?? '';
    const isModeration = path === '/v1/moderations';
    const texts = [body[isModeration ? 'input' : 'texts']].flat() as string[];
    this.asked.push({ path, headers: request.headers, texts, body });
    const { afterMs, status, location, breaks, body: other } = this.behaviour;
    if (afterMs !== undefined) await sleep(afterMs);
    const known = isModeration || path === '/classify';
    const answer =
      other ?? JSON.stringify(isModeration ? this.moderations(texts, body) : this.classified(texts));
    const length = Buffer.byteLength(answer);
    response.writeHead(known ? (status ?? 200) : 404, {
      'content-type': 'application/json',
      'content-length': length,
      ...(location !== undefined && { location }),
    });
    if (breaks !== true) {
      response.end(status === undefined ? answer : '{}'.padEnd(length));
      return;
    }
    response.write(answer.slice(0, length / 2), () => response.destroy());
  }

  private moderations(
    texts: readonly string[],
    { model = 'omni-moderation-latest' }: Record<string, unknown>,
  ) {
    const { scores = () => ({}), flagged = () => [] } = this.behaviour;
    return {
      id: 'modr-1',
      model: `${String(model)}-2026`,
      results: texts.map((text) => {
        const marked = flagged(text);
        const given = scores(text);
        return {
          flagged: marked.length > 0,
          categories: Object.fromEntries(Object.keys(given).map((name) => [name, marked.includes(name)])),
          category_scores: given,
          category_applied_input_types: {},
        };
      }),
    };
  }

  private classified(texts: readonly string[]) {
    const { scores = () => ({}) } = this.behaviour;
    return { model: 'house-7', results: texts.map((text) => ({ scores: scores(text) })) };
  }
}
