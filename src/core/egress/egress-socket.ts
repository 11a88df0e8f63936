import type { Socket } from 'node:net';
import type { ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import type { buildConnector } from 'undici';
import { WebSocket } from 'ws';
import { EgressError } from './egress.errors.js';

/** The URL of HTTP that a WebSocket begins with; others stay as they are. */
export function asHttp(address: string | URL): URL {
  const url = new URL(address);
  return /^wss?:$/.test(url.protocol) ? new URL(url.href.replace(/^ws/, 'http')) : url;
}

/** How a WebSocket is opened. */
interface SocketOptions {
  connector: buildConnector.connector;
  /** The largest message that is taken, in bytes. */
  maxBytes: number;
  timeoutMs: number;
}

/**
 * Opens a WebSocket by a connector, which looks at the address first; redirects are not followed.
 * @throws EgressError of the connector, `egress_timeout`, `egress_failed`
 */
export function openSocket(url: URL, { connector, maxBytes, timeoutMs }: SocketOptions): Promise<WebSocket> {
  const connect = (_: ClientRequestArgs, done: (error: Error | null, socket: Duplex) => void): undefined => {
    const { hostname, host, protocol, port } = url;
    const bare = hostname.replace(/^\[|\]$/g, '');
    connector(
      { hostname: bare, host, protocol, port: port === '' ? defaultPort(protocol) : port },
      (error, socket) => done(error, socket as Socket),
    );
    return undefined;
  };
  const socket = new WebSocket(url.href.replace(/^http/, 'ws'), {
    createConnection: connect as never,
    handshakeTimeout: timeoutMs,
    maxPayload: maxBytes,
    perMessageDeflate: false,
    followRedirects: false,
  });
  return new Promise((resolve, reject) => {
    // Later errors are followed by the end, which whoever speaks listens to.
    socket.on('error', (error) => reject(explained(error, url.origin, timeoutMs)));
    socket.once('open', () => resolve(socket));
  });
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}

function explained(error: Error, origin: string, timeoutMs: number): EgressError {
  if (error instanceof EgressError) return error;
  if (error.message.includes('timed out')) return EgressError.timeout(origin, timeoutMs);
  const { code } = error as NodeJS.ErrnoException;
  return EgressError.failed(origin, code ?? 'it opened no WebSocket', error);
}
