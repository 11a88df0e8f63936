import type { AddressInfo } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CONFIG, type Config } from '../../core/config/index.js';

const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * What links for other people begin with. The `Host` header of a request has no say in it: whoever sends it would choose
 * where somebody else's link leads.
 */
@Injectable()
export class PublicUrl {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly host: HttpAdapterHost,
  ) {}

  /** A path as a URL, or as it is where a server that listens everywhere was not told its name. */
  of(path: string): string {
    const { publicUrl, host, port, tls } = this.config.api;
    if (publicUrl !== undefined) return `${publicUrl}${path}`;
    if (ANYWHERE.has(host)) return path;
    const server = this.host.httpAdapter.getHttpServer() as { address(): AddressInfo | null };
    const name = host.includes(':') ? `[${host}]` : host;
    return `${tls === undefined ? 'http' : 'https'}://${name}:${server.address()?.port ?? port}${path}`;
  }
}
