import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import type { Network } from './network.entity.js';
import { MAIN_NETWORK } from './networks.service.js';

/** Where a network and its files are. */
export interface Places {
  /** Of the network itself, without a slash at the end. */
  base: string;
  /** Of pictures, which are there whichever network is asked. */
  files: string;
}

/** Every name below it leads to this machine, in browsers and most programs. */
const LOCAL = 'localhost';

/**
 * Where networks are: the main one at the address of the listener, every other at its own name before that, as
 * `http://<network>.localhost:8010`. What a request calls its host chooses among networks that are there, and nothing else.
 */
@Injectable()
export class NetworkPlaces {
  readonly main = MAIN_NETWORK;
  private port: number | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The port that was got is known when there is one. */
  listensOn(port: number): void {
    this.port = port;
  }

  /** Where clients reach the main network: an origin. */
  get origin(): string {
    const { sandbox, api } = this.config;
    if (sandbox.publicUrl !== undefined) return sandbox.publicUrl;
    const anywhere = ['0.0.0.0', '::'].includes(api.host);
    const name = anywhere ? LOCAL : api.host.includes(':') ? `[${api.host}]` : api.host;
    return `${api.tls === undefined ? 'http' : 'https'}://${name}:${this.port ?? sandbox.port ?? 0}`;
  }

  of(network: Network): Places {
    return { base: this.baseOf(network.name), files: this.origin };
  }

  /** Where clients reach a network; null where none is served. */
  urlOf({ name }: Network): string | null {
    return this.config.sandbox.port === undefined ? null : this.baseOf(name);
  }

  /** Where clients reach a network. */
  baseOf(name: string): string {
    const url = new URL(this.origin);
    if (name === this.main) return url.origin;
    // Before an address there is no room for a name.
    const parent = this.config.sandbox.publicUrl === undefined ? LOCAL : url.hostname;
    url.hostname = `${name}.${parent}`;
    return url.origin;
  }

  /** The network that a host names; undefined when it names none, and the token decides. */
  networkIn(host: string | undefined): string | undefined {
    const name = hostname(host);
    if (name === undefined) return undefined;
    for (const parent of [LOCAL, new URL(this.origin).hostname]) {
      if (name.endsWith(`.${parent}`)) return name.slice(0, -parent.length - 1);
    }
    return undefined;
  }
}

function hostname(host: string | undefined): string | undefined {
  return host === undefined ? undefined : URL.parse(`http://${host}`)?.hostname.toLowerCase();
}
