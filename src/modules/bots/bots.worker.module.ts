import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { BotsModule } from './bots.module.js';
import { CommandInbox } from './commands/command-inbox.js';
import { Executor } from './executor/executor.js';
import { ProcessExecutor } from './executor/process-executor.js';
import { ApiProxy } from './gateway/api-proxy.js';
import { BotDesk } from './gateway/bot-desk.js';
import { BotGateway } from './gateway/bot-gateway.js';
import { Healing } from './healing/healing.js';
import { Launcher } from './reconciler/launcher.js';
import { HostLease } from './reconciler/host-lease.js';
import { Reconciler } from './reconciler/reconciler.js';
import { Caretaker } from './reconciler/caretaker.js';
import { Upkeep } from './reconciler/upkeep.js';
import { WardHouse } from './reconciler/ward-house.js';
import { Wards } from './reconciler/wards.js';

/** What runs bots. */
@Module({
  imports: [BotsModule, AuthModule],
  providers: [
    { provide: Executor, useClass: ProcessExecutor },
    CommandInbox,
    ApiProxy,
    BotDesk,
    BotGateway,
    Launcher,
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
