import { timingSafeEqual } from 'node:crypto';
import { chmodSync, chownSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Injectable } from '@nestjs/common';
import { CommandInbox } from '../commands/command-inbox.js';
import type { BotSocket } from '../executor/executor.js';
import type { Ward } from '../reconciler/ward.js';
import type { Speaker } from './bot-desk.js';
import { BotExchange, Refusal } from './bot-exchange.js';

/** Connections of one bot at once. */
const CONNECTIONS = 16;

interface Opened {
  server: Server;
  path: string;
  /** Of the socket's file: another process may have put its own there. */
  inode: number;
}

/**
 * Where a bot of this machine finds its host: HTTP on a socket in its own folder, which no other bot can open, and which is there
 * without a network.
 */
@Injectable()
export class BotGateway {
  private readonly opened = new Map<string, Opened>();

  constructor(
    private readonly exchange: BotExchange,
    private readonly inbox: CommandInbox,
  ) {}

  /** Opens the socket of a bot, or opens it again where it is not ours any more. */
  async open(ward: Ward, { path, uid }: BotSocket): Promise<void> {
    const before = this.opened.get(ward.name);
    if (before !== undefined && before.path === path && inodeOf(path) === before.inode) return;
    if (before !== undefined) this.shut(before);
    rmSync(path, { force: true });
    const speaker = this.speakerOf(ward);
    const identify = async (token: string): Promise<Speaker> => {
      if (!isTokenOf(ward, token)) throw Refusal.token();
      return speaker;
    };
    const server = createServer(
      (request, response) => void this.exchange.answer(request, response, identify),
    );
    server.maxConnections = CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
    server.unref();
    if (uid !== null) chownSync(path, uid, uid);
    chmodSync(path, 0o600);
    this.opened.set(ward.name, { server, path, inode: inodeOf(path) ?? 0 });
  }

  close({ name }: Ward): void {
    const opened = this.opened.get(name);
    if (opened === undefined) return;
    this.opened.delete(name);
    this.shut(opened);
  }

  /** Beats end here, in memory: they are written down together. */
  private speakerOf(ward: Ward): Speaker {
    return {
      id: ward.id,
      ordinal: ward.ordinal,
      beat: async (beat) => ward.takeBeat(beat, Date.now()),
      take: () => this.inbox.take(ward.id, ward.ordinal),
    };
  }

  private shut({ server }: Opened): void {
    server.close();
    server.closeAllConnections();
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function isTokenOf({ tokens }: Ward, token: string): boolean {
  const shown = Buffer.from(token);
  return tokens.some((each) => {
    const expected = Buffer.from(each);
    return expected.length === shown.length && timingSafeEqual(expected, shown);
  });
}
