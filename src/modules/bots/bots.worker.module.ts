import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { installationOf } from '../../core/database/index.js';
import { EgressClient } from '../../core/egress/index.js';
import { AuthModule } from '../auth/index.js';
import { HealingModule } from '../healing/index.js';
import { BotsModule } from './bots.module.js';
import { CommandInbox } from './commands/command-inbox.js';
import { Executor } from './executor/executor.js';
import { KubernetesExecutor } from './executor/kubernetes/kubernetes-executor.js';
import { ProcessExecutor } from './executor/process-executor.js';
import { ApiProxy } from './gateway/api-proxy.js';
import { BotDesk } from './gateway/bot-desk.js';
import { BotExchange } from './gateway/bot-exchange.js';
import { BotGateway } from './gateway/bot-gateway.js';
import { BotPort } from './gateway/bot-port.js';
import { Healing } from './healing/healing.js';
import { Remedies } from './healing/remedies.js';
import { BotNews } from './reconciler/bot-news.js';
import { Foreman } from './reconciler/foreman.js';
import { Launcher } from './reconciler/launcher.js';
import { HostLease } from './reconciler/host-lease.js';
import { MaintenanceWatch } from './reconciler/maintenance-watch.js';
import { Reconciler } from './reconciler/reconciler.js';
import { Caretaker } from './reconciler/caretaker.js';
import { Upkeep } from './reconciler/upkeep.js';
import { WardHouse } from './reconciler/ward-house.js';
import { Wards } from './reconciler/wards.js';

/** What runs bots. */
@Module({
  imports: [BotsModule, AuthModule, HealingModule],
  providers: [
    {
      provide: Executor,
      inject: [CONFIG, EgressClient, getDataSourceToken()],
      useFactory: executorOf,
    },
    CommandInbox,
    ApiProxy,
    BotDesk,
    BotExchange,
    BotGateway,
    BotPort,
    Launcher,
    MaintenanceWatch,
    BotNews,
    Foreman,
    Wards,
    Upkeep,
    Remedies,
    Healing,
    HostLease,
    WardHouse,
    Caretaker,
    Reconciler,
  ],
})
export class BotsWorkerModule {}

async function executorOf(config: Config, egress: EgressClient, source: DataSource): Promise<Executor> {
  const { kubernetes } = config.bots;
  if (kubernetes === undefined) return new ProcessExecutor(config);
  const installation = await installationOf((statement) => source.query<{ name: string }[]>(statement));
  return new KubernetesExecutor({ ...kubernetes, installation }, egress);
}
