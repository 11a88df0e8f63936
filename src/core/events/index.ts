export { EventsModule } from './events.module.js';
export { EventsService, type DomainEvent, type PublishedEvent } from './events.service.js';
