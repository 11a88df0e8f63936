import { z } from 'zod';
import { VERSION } from '../version.js';
import { declaredEvents, rootOf, type EventDeclaration } from './event-catalog.js';
import { clientMessage } from './event-session.js';
import { declaredSockets, type SocketDeclaration } from './socket-catalog.js';
import { CLOSE_CODES } from './socket-session.js';

const CHANNEL = '#/channels/';
/** As in the OpenAPI document. */
const PERMISSION = 'x-permission';

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: 'draft-7' });
  return json;
}

function eventSchema({ type, payload }: EventDeclaration): object {
  return {
    type: 'object',
    required: ['synthetic', 'position', 'topic', 'type', 'payload', 'occurred_at'],
    properties: {
      synthetic: { type: 'boolean', const: true },
      position: {
        type: 'string',
        description: 'Its place among all events; give it as `after` to go on from here.',
      },
      topic: { type: 'string' },
      type: { type: 'string', const: type },
      payload: jsonSchema(payload, 'output'),
      occurred_at: { type: 'string', format: 'date-time' },
    },
  };
}

/** A channel of a WebSocket, with what is said on it in either direction. */
function socketChannel({ address, parameters, hears, tells }: SocketDeclaration): object {
  const messages = { ...hears, ...tells };
  return {
    address,
    ...(parameters !== undefined && {
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, description]) => [name, { description }]),
      ),
    }),
    messages: Object.fromEntries(
      Object.entries(messages).map(([name, { summary, payload }]) => [
        name,
        { name, summary, payload: jsonSchema(payload, name in hears ? 'input' : 'output') },
      ]),
    ),
  };
}

function socketOperations(name: string, { hears, tells }: SocketDeclaration): [string, object][] {
  const channel = `${CHANNEL}${name}`;
  const named = (messages: object): object[] =>
    Object.keys(messages).map((each) => ({ $ref: `${channel}/messages/${each}` }));
  return [
    [
      `hear_${name}`,
      {
        action: 'send',
        channel: { $ref: channel },
        messages: named(tells),
        summary: 'What the server says.',
      },
    ],
    [
      `say_${name}`,
      {
        action: 'receive',
        channel: { $ref: channel },
        messages: named(hears),
        summary: 'What a client says.',
      },
    ],
  ];
}

/** A channel for each root of topics, with the events that are published there. */
function topicChannels(): Record<string, object> {
  const channels: Record<
    string,
    { address: string; parameters: object; messages: Record<string, object>; [PERMISSION]: string }
  > = {};
  for (const declaration of declaredEvents()) {
    const { type, topic, permission, summary } = declaration;
    const parameters = [...topic.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, {}] as const);
    const channel = (channels[rootOf(topic)] ??= {
      address: topic,
      parameters: Object.fromEntries(parameters),
      messages: {},
      [PERMISSION]: permission,
    });
    channel.messages[type.replace('.', '_')] = {
      name: type,
      summary,
      description: `Needs the permission \`${permission}\`.`,
      contentType: 'application/json',
      payload: eventSchema(declaration),
    };
  }
  return channels;
}

const CODES = Object.values(CLOSE_CODES)
  .map(([code, reason]) => `${code} ${reason}`)
  .join('; ');

/** The AsyncAPI document: every event that can be listened to, and what is said on the WebSocket. */
export function asyncApiDocument(): object {
  const channels = topicChannels();
  const sockets = declaredSockets();
  const operations = Object.keys(channels).map((root) => [
    `hear_${root}`,
    {
      action: 'send',
      channel: { $ref: `${CHANNEL}${root}` },
      summary: `Listen to \`${root}.*\` or to one topic below it.`,
    },
  ]);
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Azt3kNet events',
      version: VERSION,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      description:
        'What happens, by topic: as server-sent events at `GET /api/v1/events?topics=…`, or over the WebSocket at ' +
        '`/ws/events`. Delivery is in the order of positions, each event once; who connects again with the last position ' +
        'misses nothing. The stream takes its credential in the headers, as every route does; the WebSocket takes an access token or an ' +
        'API key as `Authorization: Bearer …`, as `?token=…`, or in a first message `{"action": "authenticate", "token": "…"}`. ' +
        `Everything is synthetic. The WebSocket closes with: ${CODES}.`,
    },
    defaultContentType: 'application/json',
    servers: { local: { host: 'localhost:8000', protocol: 'ws' } },
    channels: {
      ...channels,
      websocket: {
        address: '/ws/events',
        messages: { command: { name: 'command', payload: jsonSchema(clientMessage, 'input') } },
      },
      ...Object.fromEntries(sockets.map(([name, socket]) => [name, socketChannel(socket)])),
    },
    operations: {
      ...Object.fromEntries(operations),
      command: {
        action: 'receive',
        channel: { $ref: `${CHANNEL}websocket` },
        summary: 'What a client says.',
      },
      ...Object.fromEntries(sockets.flatMap(([name, socket]) => socketOperations(name, socket))),
    },
  };
}
