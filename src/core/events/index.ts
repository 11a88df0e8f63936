export { asyncApiDocument } from './asyncapi.js';
export { declareEvent, type DomainEvent, type EventFactory } from './event-catalog.js';
export type { PublishedEvent } from './event-log.js';
export { EventTail } from './event-tail.js';
export { EventsHttpModule } from './events.http.module.js';
export { EventsModule } from './events.module.js';
export { EventsService } from './events.service.js';
export { QuietWsAdapter } from './quiet-ws-adapter.js';
export { UpgradeGate } from './upgrade-gate.js';
