export { openQueueBackend, type QueueBackend } from './queue-backend.js';
export { QUEUE_BACKEND, QueueModule } from './queue.module.js';
