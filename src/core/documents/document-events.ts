import { z } from 'zod';
import { declareEvent, type EventFactory } from '../events/index.js';
import type { Permission } from '../http/index.js';

/** What the events of a version tell. */
export const documentEventPayload = z.strictObject({
  name: z.string(),
  version: z.string(),
  sha256: z.string().meta({ description: 'Of everything in the document that can change a result.' }),
});

/** What is told of the documents of a kind. */
export interface DocumentEvents {
  added: EventFactory<typeof documentEventPayload>;
  retired: EventFactory<typeof documentEventPayload>;
}

/**
 * Declares the events of a kind of document, on `<kinds>.<name>`.
 * @param kind in the singular: `template`
 * @param kinds in the plural
 */
export function declareDocumentEvents(
  kind: string,
  permission: Permission,
  kinds = `${kind}s`,
): DocumentEvents {
  const topic = `${kinds}.{name}`;
  return {
    added: declareEvent({
      type: `${kind}.added`,
      topic,
      permission,
      summary: `A version of a ${kind} was given to this installation.`,
      payload: documentEventPayload,
    }),
    retired: declareEvent({
      type: `${kind}.retired`,
      topic,
      permission,
      summary: `A version of a ${kind} can no longer be chosen without naming it.`,
      payload: documentEventPayload,
    }),
  };
}
