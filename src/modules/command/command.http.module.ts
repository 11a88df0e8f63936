import { Module } from '@nestjs/common';
import { EventsHttpModule } from '../../core/events/index.js';
import { CommandController } from './command.controller.js';
import { CommandModule } from './command.module.js';
import { ApiAccess } from './conversations/api-access.js';
import { CommandRecord } from './conversations/command-record.js';
import { ConversationHub } from './conversations/conversation-hub.js';
import { DialogueService } from './conversations/dialogue.service.js';
import { JobWatches } from './conversations/job-watches.js';
import { PlanDeadlines } from './conversations/plan-deadlines.js';
import { TurnServices } from './conversations/turn-services.js';
import { CommandTranslator } from './translation/command-translator.js';
import { VoiceService } from './voice/voice.service.js';
import { CommandGateway, CommandSocketServices, CommandTalk } from './socket/command.gateway.js';

/** Commands, in words or in fields, by requests and over a WebSocket. */
@Module({
  imports: [CommandModule, EventsHttpModule],
  controllers: [CommandController],
  providers: [
    ApiAccess,
    CommandRecord,
    ConversationHub,
    JobWatches,
    PlanDeadlines,
    CommandTranslator,
    TurnServices,
    DialogueService,
    VoiceService,
    CommandTalk,
    CommandSocketServices,
    CommandGateway,
  ],
})
export class CommandHttpModule {}
