import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../../core/config/index.js';
import { EgressClient } from '../../core/egress/index.js';
import { AuthModule } from '../auth/index.js';
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
  imports: [BotsModule, AuthModule],
  providers: [
    {
      provide: Executor,
      inject: [CONFIG, EgressClient],
      useFactory: (config: Config, egress: EgressClient) =>
        config.bots.kubernetes === undefined
          ? new ProcessExecutor(config)
          : new KubernetesExecutor(config.bots.kubernetes, egress),
    },
    CommandInbox,
    ApiProxy,
    BotDesk,
    BotExchange,
    BotGateway,
    BotPort,
    Launcher,
    MaintenanceWatch,
    Wards,
    Upkeep,
    Healing,
    HostLease,
    WardHouse,
    Caretaker,
    Reconciler,
  ],
})
export class BotsWorkerModule {}
