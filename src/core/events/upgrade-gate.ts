import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import {
  clientAddress,
  networkOf,
  STRANGERS,
  trustedProxies,
  urlTrouble,
  type TrustedProxy,
} from '../http/index.js';
import { mayAsk, type OwnPlaces } from './origins.js';

/** Connections that one address may have whose callers are not known yet, at most, and as a part of those of all strangers. */
const ADDRESS_MAX = 32;
const ADDRESS_PART = 0.25;

/** Why a connection is not made a WebSocket, as the answer says it. */
export interface UpgradeRefusal {
  status: number;
  reason: string;
}

/**
 * Stands before WebSockets, which are connections that nobody hangs up on. Until it is known who calls, an address has a few of
 * them, and who shows no credential has a part of what a process holds: a flood of strangers leaves the others.
 */
@Injectable()
export class UpgradeGate {
  private readonly trusts: TrustedProxy;
  private readonly strangersMax: number;
  private readonly addressMax: number;
  private readonly waiting = new Map<string, number>();
  private readonly leaving = new WeakMap<Socket, () => void>();
  private strangers = 0;

  private readonly own: OwnPlaces;

  constructor(@Inject(CONFIG) { api, corsOrigins }: Config) {
    this.own = { corsOrigins, publicUrl: api.publicUrl, host: api.host };
    this.trusts = trustedProxies(api.trustedProxies);
    this.strangersMax = Math.max(1, Math.floor(api.maxConnections * STRANGERS));
    this.addressMax = Math.max(1, Math.min(ADDRESS_MAX, Math.floor(this.strangersMax * ADDRESS_PART)));
  }

  /** Who sent a request, as far as that is known. */
  addressOf(request: IncomingMessage): string {
    return clientAddress(request, this.trusts);
  }

  /** Whether the page that asks, if it is one, belongs here. */
  mayAsk({ headers }: IncomingMessage): boolean {
    return mayAsk(headers, this.own);
  }

  /** Takes a place for a connection, until it ends or {@link UpgradeGate.leave}. @returns why there is none for it */
  admit(request: IncomingMessage): UpgradeRefusal | undefined {
    const trouble = urlTrouble(request.url ?? '/');
    if (trouble !== undefined) return { status: trouble.getStatus(), reason: trouble.message };
    const address = networkOf(this.addressOf(request));
    const waiting = this.waiting.get(address) ?? 0;
    if (waiting >= this.addressMax)
      return { status: 429, reason: 'too many connections of this address have not said who they are' };
    const isStranger = tokenOf(request) === undefined;
    if (isStranger && this.strangers >= this.strangersMax)
      return { status: 503, reason: 'too many connections have not said who they are; try again soon' };
    this.take(request.socket, address, isStranger);
    return undefined;
  }

  /** It is known who calls: others may come. */
  leave({ socket }: IncomingMessage): void {
    this.leaving.get(socket)?.();
  }

  private take(socket: Socket, address: string, isStranger: boolean): void {
    this.waiting.set(address, (this.waiting.get(address) ?? 0) + 1);
    if (isStranger) this.strangers += 1;
    const leave = (): void => {
      if (!this.leaving.delete(socket)) return;
      const left = (this.waiting.get(address) ?? 1) - 1;
      if (left === 0) this.waiting.delete(address);
      else this.waiting.set(address, left);
      if (isStranger) this.strangers -= 1;
    };
    this.leaving.set(socket, leave);
    socket.once('close', leave);
  }
}

/** Browsers cannot set a header: they give the token as a parameter, or in their first message. */
export function tokenOf({ headers, url }: IncomingMessage): string | undefined {
  const header = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return header ?? new URL(url ?? '/', 'ws://host').searchParams.get('token') ?? undefined;
}
