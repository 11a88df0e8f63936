import { timingSafeEqual } from 'node:crypto';
import { chmodSync, chownSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../../core/errors/index.js';
import type { Ward } from '../reconciler/ward.js';
import { ApiProxy } from './api-proxy.js';
import { BotDesk } from './bot-desk.js';

/** Of what a bot tells its host. */
const BODY_MAX = 262_144;
/** Connections of one bot at once. */
const CONNECTIONS = 16;

interface Opened {
  server: Server;
  path: string;
  /** Of the socket's file: another process may have put its own there. */
  inode: number;
}

/** A problem that is the bot's. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Where each bot finds its host: HTTP on a socket in its own folder, which no other bot can open, and which is there without a
 * network. What is below `/api` goes on to the API.
 */
@Injectable()
export class BotGateway {
  private readonly opened = new Map<string, Opened>();

  constructor(
    private readonly desk: BotDesk,
    private readonly proxy: ApiProxy,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(BotGateway.name);
  }

  /** Opens the socket of a bot, or opens it again where it is not ours any more. */
  async open(ward: Ward, path: string): Promise<void> {
    const before = this.opened.get(ward.id);
    if (before !== undefined && before.path === path && inodeOf(path) === before.inode) return;
    if (before !== undefined) this.shut(before);
    rmSync(path, { force: true });
    const server = createServer((request, response) => void this.answer(ward, request, response));
    server.maxConnections = CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
    server.unref();
    const uid = ward.state.uid;
    if (uid !== null) chownSync(path, uid, uid);
    chmodSync(path, 0o600);
    this.opened.set(ward.id, { server, path, inode: inodeOf(path) ?? 0 });
  }

  close(botId: string): void {
    const opened = this.opened.get(botId);
    if (opened === undefined) return;
    this.opened.delete(botId);
    this.shut(opened);
  }

  private shut({ server }: Opened): void {
    server.close();
    server.closeAllConnections();
  }

  private async answer(ward: Ward, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { method = 'GET', url = '/' } = request;
      requireToken(ward, request);
      if (url.startsWith('/api/')) {
        await this.proxy.pass(request, response);
        return;
      }
      const body = method === 'GET' ? undefined : await readBody(request);
      send(response, 200, await this.desk.answer(ward, method, url, body));
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
      send(response, error.kind === 'not_found' ? 404 : 422, { detail: error.message, code: error.code });
    else {
      this.logger.warn({ err: error }, 'a bot was not answered');
      send(response, 500, { detail: 'the host could not answer' });
    }
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function requireToken({ tokens }: Ward, { headers }: IncomingMessage): void {
  const shown = Buffer.from((headers.authorization ?? '').replace(/^Bearer /i, ''));
  const known = tokens.some((token) => {
    const expected = Buffer.from(token);
    return expected.length === shown.length && timingSafeEqual(expected, shown);
  });
  if (!known) throw new Refusal(401, 'the token is not that of this bot; it is in AZT3KNET_BOT_TOKEN_FILE');
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
