import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

type AttributeValue = string | number | boolean | AttributeValue[];

/** A span as a collector receives it. */
export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  /** Empty: the first of its trace. */
  parentSpanId: string;
  name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  attributes: Record<string, AttributeValue>;
  /** 0 unset, 1 ok, 2 error. */
  status: number;
  milliseconds: number;
}

/** Stands in for an OpenTelemetry collector: takes OTLP over HTTP in protobuf, and can fail as one does. */
export interface Collector {
  url: string;
  spans: ReceivedSpan[];
  requests: { path: string; headers: IncomingHttpHeaders }[];
  /** `refuse`: 503 to everything; `hang`: no answer at all. */
  behave(how: 'accept' | 'refuse' | 'hang'): void;
  close(): Promise<void>;
}

interface Field {
  number: number;
  value: bigint | Buffer;
}

/** The fields of a protobuf message; groups, which OTLP has none of, are refused. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at];
      if (byte === undefined) throw new Error('a varint ends early');
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    if (at + length > message.length) throw new Error('a field ends early');
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    const type = tag & 7;
    if (type === 0) fields.push({ number, value: varint() });
    else if (type === 1) fields.push({ number, value: bytes(8).readBigUInt64LE() });
    else if (type === 2) fields.push({ number, value: bytes(Number(varint())) });
    else if (type === 5) fields.push({ number, value: BigInt(bytes(4).readUInt32LE()) });
    else throw new Error(`wire type ${type}`);
  }
  return fields;
}

const all = (message: Buffer, number: number): Buffer[] =>
  fieldsOf(message)
    .filter((field) => field.number === number)
    .map(({ value }) => value as Buffer);
const bytesAt = (message: Buffer, number: number): Buffer => all(message, number)[0] ?? Buffer.alloc(0);
const numberAt = (message: Buffer, number: number): bigint =>
  (fieldsOf(message).find((field) => field.number === number)?.value as bigint | undefined) ?? 0n;

/** Strings, booleans, integers, doubles and lists of an AnyValue. */
function anyValue(message: Buffer): AttributeValue {
  const [field] = fieldsOf(message);
  if (field === undefined) return '';
  if (field.number === 1) return (field.value as Buffer).toString('utf8');
  if (field.number === 2) return field.value === 1n;
  if (field.number === 3) return Number(field.value);
  if (field.number === 5)
    return fieldsOf(field.value as Buffer).map(({ value }) => anyValue(value as Buffer));
  const double = Buffer.alloc(8);
  double.writeBigUInt64LE(field.value as bigint);
  return double.readDoubleLE();
}

function attributesOf(messages: readonly Buffer[]): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    messages.map((pair) => [bytesAt(pair, 1).toString('utf8'), anyValue(bytesAt(pair, 2))]),
  );
}

function spanOf(message: Buffer, service: string): ReceivedSpan {
  return {
    service,
    traceId: bytesAt(message, 1).toString('hex'),
    spanId: bytesAt(message, 2).toString('hex'),
    parentSpanId: bytesAt(message, 4).toString('hex'),
    name: bytesAt(message, 5).toString('utf8'),
    kind: Number(numberAt(message, 6)),
    milliseconds: Number(numberAt(message, 8) - numberAt(message, 7)) / 1e6,
    attributes: attributesOf(all(message, 9)),
    status: Number(numberAt(bytesAt(message, 15), 3)),
  };
}

/** The spans of an ExportTraceServiceRequest. */
function spansOf(request: Buffer): ReceivedSpan[] {
  return all(request, 1).flatMap((resourceSpans) => {
    const resource = attributesOf(all(bytesAt(resourceSpans, 1), 1));
    const service = String(resource['service.name']);
    return all(resourceSpans, 2).flatMap((scope) => all(scope, 2).map((span) => spanOf(span, service)));
  });
}

export async function startCollector(): Promise<Collector> {
  let behaviour: 'accept' | 'refuse' | 'hang' = 'accept';
  const spans: ReceivedSpan[] = [];
  const requests: Collector['requests'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ path: request.url ?? '', headers: request.headers });
      if (behaviour === 'hang') return;
      const known =
        request.url === '/v1/traces' && request.headers['content-type'] === 'application/x-protobuf';
      if (behaviour === 'accept' && known) spans.push(...spansOf(Buffer.concat(chunks)));
      response.writeHead(behaviour === 'refuse' ? 503 : known ? 200 : 404, {
        'content-type': 'application/x-protobuf',
      });
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    behave: (how) => {
      behaviour = how;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
