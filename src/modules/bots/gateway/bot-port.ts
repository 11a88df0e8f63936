import { createServer, type Server } from 'node:http';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { BotTokens } from '../../auth/index.js';
import { BotCommandsRepository } from '../commands/bot-commands.repository.js';
import { BotInstancesRepository } from '../reconciler/instances.repository.js';
import type { Speaker } from './bot-desk.js';
import { BotExchange, Refusal } from './bot-exchange.js';

/** Connections of all bots at once. */
const CONNECTIONS = 4_096;
/** So long may one request take to come; in milliseconds. */
const REQUEST_MS = 30_000;

/**
 * Where bots that run elsewhere find their host: any server that looks after bots, whichever has the lease. Tokens are verified, beats
 * go by the database to who reconciles.
 */
@Injectable()
export class BotPort implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: Server | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly exchange: BotExchange,
    private readonly tokens: BotTokens,
    private readonly instances: BotInstancesRepository,
    private readonly commands: BotCommandsRepository,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { kubernetes } = this.config.bots;
    if (kubernetes === undefined) return;
    const server = createServer(
      (request, response) => void this.exchange.answer(request, response, (token) => this.identify(token)),
    );
    server.maxConnections = CONNECTIONS;
    server.requestTimeout = REQUEST_MS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(kubernetes.port, this.config.api.host, resolve);
    });
    this.server = server;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async identify(token: string): Promise<Speaker> {
    const known = await this.tokens.read(token);
    if (known === undefined) throw Refusal.token();
    const { manager } = this.dataSource;
    return {
      id: known.botId,
      ordinal: known.ordinal,
      beat: (beat) => this.instances.beat(manager, known.instance, beat),
      take: () => this.commands.take(manager, known.botId, known.ordinal),
    };
  }
}
