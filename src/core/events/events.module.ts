import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventLog } from './event-log.js';
import { EventStream } from './event-stream.js';
import { EventTail } from './event-tail.js';
import { EventsService } from './events.service.js';
import { EventBatch, EventLogState, OutboxEvent } from './outbox.entity.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([EventBatch, OutboxEvent, EventLogState])],
  providers: [EventLog, EventTail, EventStream, EventsService],
  exports: [EventTail, EventStream, EventsService],
})
export class EventsModule {}
