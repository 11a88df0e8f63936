import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError, type ErrorKind } from '../../../core/errors/index.js';
import { ApiProxy } from './api-proxy.js';
import { BotDesk, type Speaker } from './bot-desk.js';

/** Of what a bot tells its host. */
const BODY_MAX = 262_144;

/** Of what is not a mistake in what was told. */
const STATUS: Partial<Record<ErrorKind, number>> = { not_found: 404, conflict: 409 };

/** A problem that is the bot's. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  static token(): Refusal {
    return new Refusal(401, 'the token is not that of this bot; it is in AZT3KNET_BOT_TOKEN_FILE');
  }
}

/** One request of a bot to its host, however it came: what is below `/api` goes on to the API, the rest to the desk. */
@Injectable()
export class BotExchange {
  constructor(
    private readonly desk: BotDesk,
    private readonly proxy: ApiProxy,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(BotExchange.name);
  }

  /** @param identify says who speaks by the token that is shown, or refuses it */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    identify: (token: string) => Promise<Speaker>,
  ): Promise<void> {
    try {
      const { method = 'GET', url = '/', headers } = request;
      const speaker = await identify((headers.authorization ?? '').replace(/^Bearer /i, ''));
      if (url.startsWith('/api/')) {
        await this.proxy.pass(request, response);
        return;
      }
      const body = method === 'GET' ? undefined : await readBody(request);
      send(response, 200, await this.desk.answer(speaker, method, url, body));
    } catch (error) {
      this.refuse(response, error);
    }
  }

  private refuse(response: ServerResponse, error: unknown): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof Refusal) send(response, error.status, { detail: error.message });
    else if (error instanceof AppError)
      send(response, STATUS[error.kind] ?? 422, { detail: error.message, code: error.code });
    else {
      this.logger.warn({ err: error }, 'a bot was not answered');
      send(response, 500, { detail: 'the host could not answer' });
    }
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_MAX) throw new Refusal(413, `the body must have at most ${BODY_MAX} bytes`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString() || 'null') as unknown;
  } catch {
    throw new Refusal(400, 'the body must be JSON');
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
