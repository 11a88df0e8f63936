export { asyncApiDocument } from './asyncapi.js';
export { declareEvent, type DomainEvent, type EventFactory } from './event-catalog.js';
export type { PublishedEvent } from './event-log.js';
export { EventTail } from './event-tail.js';
export { EventsHttpModule } from './events.http.module.js';
export { EventsModule } from './events.module.js';
export { EventsService } from './events.service.js';
export { pathParameter, QuietWsAdapter } from './quiet-ws-adapter.js';
export { OpenStreams } from './open-streams.js';
export { declareSocket } from './socket-catalog.js';
export {
  closeSocket,
  jsonOf,
  SocketSession,
  type CloseReason,
  type SocketServices,
  type Speaker,
  type Stranger,
} from './socket-session.js';
export { tokenOf, UpgradeGate } from './upgrade-gate.js';
