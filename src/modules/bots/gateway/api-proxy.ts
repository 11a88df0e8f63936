import { request as requestHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CONFIG, type Config } from '../../../core/config/index.js';

/** Of what a bot sends, and of what it is sent, goes on; the rest belongs to one connection. */
const PASSED = ['accept', 'authorization', 'content-type', 'content-length', 'if-match', 'idempotency-key'];
const TIMEOUT_MS = 60_000;

/** Leads bots to the API of this installation, and to nothing else. */
@Injectable()
export class ApiProxy {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Optional() private readonly adapter?: HttpAdapterHost,
  ) {}

  /** Sends a request on, and the answer back. */
  async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const base = this.base;
    const url = new URL(request.url ?? '/', base);
    // A path that names another server, or leads up and out of the API, is no path of ours.
    if (url.origin !== new URL(base).origin || !url.pathname.startsWith('/api/')) {
      response.writeHead(400).end();
      return;
    }
    const headers = Object.fromEntries(
      PASSED.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])),
    ) as Record<string, string>;
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const onward = send(url, { method: request.method ?? 'GET', headers, timeout: TIMEOUT_MS });
    onward.once('timeout', () => onward.destroy(new Error('the API did not answer in time')));
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      onward.once('response', resolve);
      onward.once('error', reject);
    });
    try {
      await Promise.all([pipeline(request, onward), answered]);
      const answer = await answered;
      const { connection: _connection, 'keep-alive': _alive, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, kept);
      await pipeline(answer, response);
    } catch (error) {
      if (response.headersSent) throw error;
      const detail = `the API does not answer: ${(error as Error).message}`;
      response.writeHead(503, { 'Content-Type': 'application/json' }).end(JSON.stringify({ detail }));
    }
  }

  private get base(): string {
    const { bots, api } = this.config;
    if (bots.apiUrl !== undefined) return bots.apiUrl;
    const server = this.adapter?.httpAdapter?.getHttpServer() as Server | undefined;
    const address = server?.address() as AddressInfo | null | undefined;
    const port = typeof address === 'object' && address !== null ? address.port : api.port;
    return api.tls === undefined
      ? `http://127.0.0.1:${port}`
      : (api.publicUrl ?? `https://localhost:${port}`);
  }
}
