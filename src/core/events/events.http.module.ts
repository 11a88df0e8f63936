import { Module } from '@nestjs/common';
import { EventsController } from './events.controller.js';
import { EventsGateway } from './events.gateway.js';
import { OpenStreams } from './open-streams.js';
import { UpgradeGate } from './upgrade-gate.js';

/** Events for subscribers: server-sent events and a WebSocket. */
@Module({
  controllers: [EventsController],
  providers: [UpgradeGate, OpenStreams, EventsGateway],
  exports: [UpgradeGate, OpenStreams],
})
export class EventsHttpModule {}
