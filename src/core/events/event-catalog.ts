import { z } from 'zod';
import type { Permission } from '../http/index.js';

/** Something that happened; `topic` is a dotted path such as `jobs.<id>`, `type` says what, e.g. `job.progress`. */
export interface DomainEvent {
  topic: string;
  type: string;
  payload: object;
}

/** What is known about a type of event before any happens. */
export interface EventDeclaration<Payload extends z.ZodObject = z.ZodObject> {
  /** `<noun>.<past participle>`, e.g. `run.completed`. */
  type: string;
  /** Where it is published: a dotted path in which `{field}` stands for a field of the payload. */
  topic: string;
  /** Who may listen to the topic; one and the same for all events of a root (`jobs`, `runs`). */
  permission: Permission;
  summary: string;
  payload: Payload;
}

/** A declared type of event; calling it makes one. */
export type EventFactory<Payload extends z.ZodObject> = (payload: z.input<Payload>) => DomainEvent;

const declarations = new Map<string, EventDeclaration>();

/** The first segment of a topic. */
export function rootOf(topic: string): string {
  return topic.split('.')[0] ?? '';
}

/**
 * Declares a type of event: what it carries, where it is published and who may listen.
 * @throws Error when the type is declared twice, or its topic's root with another permission
 */
export function declareEvent<Payload extends z.ZodObject>(
  declaration: EventDeclaration<Payload>,
): EventFactory<Payload> {
  const { type, topic, permission } = declaration;
  const others = [...declarations.values()].filter((each) => rootOf(each.topic) === rootOf(topic));
  if (declarations.has(type)) throw new Error(`the event ${type} is declared twice`);
  if (others.some((each) => each.permission !== permission)) {
    throw new Error(`the events of ${rootOf(topic)}.* need one permission`);
  }
  declarations.set(type, declaration);
  return (payload) => ({ type, topic: fill(topic, payload), payload });
}

function fill(topic: string, payload: Record<string, unknown>): string {
  return topic.replace(/\{(\w+)\}/g, (_, field: string) => String(payload[field]));
}

/** Every declared event, in the order of topics and types. */
export function declaredEvents(): EventDeclaration[] {
  return [...declarations.values()].toSorted((a, b) => {
    const [left, right] = [`${a.topic} ${a.type}`, `${b.topic} ${b.type}`];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

/** The permission that each root of topics needs. */
export function topicPermissions(): Map<string, Permission> {
  return new Map(declaredEvents().map(({ topic, permission }) => [rootOf(topic), permission]));
}

/** @throws Error when the event is not declared or its payload is not as declared: a defect of ours */
export function checkEvent({ type, payload }: DomainEvent): void {
  const declared = declarations.get(type);
  if (declared === undefined) throw new Error(`the event ${type} is not declared`);
  const parsed = declared.payload.safeParse(payload);
  if (!parsed.success) throw new Error(`the event ${type} is not as declared: ${parsed.error.message}`);
}
