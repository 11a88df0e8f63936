import type { z } from 'zod';

/** A message of a WebSocket. */
export interface SocketMessage {
  summary: string;
  payload: z.ZodType;
}

/** A WebSocket besides that of events, as `docs/asyncapi.yaml` describes it. */
export interface SocketDeclaration {
  /** Its path; `{name}` stands for a parameter. */
  address: string;
  parameters?: Readonly<Record<string, string>>;
  /** What a client may say, by name. */
  hears: Readonly<Record<string, SocketMessage>>;
  /** What the server says, by name. */
  tells: Readonly<Record<string, SocketMessage>>;
}

const declarations = new Map<string, SocketDeclaration>();

/** Declares a WebSocket for the AsyncAPI document. @throws Error when its name is taken */
export function declareSocket(name: string, declaration: SocketDeclaration): void {
  if (declarations.has(name)) throw new Error(`the WebSocket ${name} is declared twice`);
  declarations.set(name, declaration);
}

/** Every declared WebSocket, by name. */
export function declaredSockets(): [string, SocketDeclaration][] {
  return [...declarations].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
