import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { schemaErrors, securityErrors } from './schema.js';

export interface Metadata {
  name: string;
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { uid: string }[];
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
}

/** An object of any kind, as JSON. */
export interface Stored {
  kind: string;
  apiVersion: string;
  metadata: Metadata;
  // The parts that differ by kind.
  spec?: any; // oxlint-disable-line typescript/no-explicit-any
  status?: any; // oxlint-disable-line typescript/no-explicit-any
  [field: string]: unknown;
}

/** As it is sent to be made. */
interface Given extends Record<string, unknown> {
  kind: string;
  apiVersion: string;
  metadata: Partial<Metadata>;
  spec?: any; // oxlint-disable-line typescript/no-explicit-any
}

interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: Stored;
  version: number;
}

/** The kinds that are known: their group, and the model that checks them. */
const KINDS: Readonly<Record<string, { path: string; kind: string; apiVersion: string }>> = {
  jobs: { path: '/apis/batch/v1', kind: 'Job', apiVersion: 'batch/v1' },
  pods: { path: '/api/v1', kind: 'Pod', apiVersion: 'v1' },
  secrets: { path: '/api/v1', kind: 'Secret', apiVersion: 'v1' },
  configmaps: { path: '/api/v1', kind: 'ConfigMap', apiVersion: 'v1' },
  events: { path: '/api/v1', kind: 'CoreV1Event', apiVersion: 'v1' },
  networkpolicies: {
    path: '/apis/networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    apiVersion: 'networking.k8s.io/v1',
  },
};
export type Resource = 'jobs' | 'pods' | 'secrets' | 'configmaps' | 'events' | 'networkpolicies';

/** An answer that is no success. */
export class Failure extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

const PATH =
  /^(?<group>\/api\/v1|\/apis\/[a-z0-9.]+\/v1)\/namespaces\/(?<namespace>[a-z0-9-]+)\/(?<resource>[a-z]+)(?:\/(?<name>[a-z0-9.-]+))?(?<log>\/log)?$/;

/**
 * What a cluster's API server is to whoever asks it: objects with versions, checked against the structure of the API, lists, streams of
 * changes that expire, merge patches, deletion with grace, and what goes with its owner.
 */
export class ApiServer {
  readonly token = randomUUID();
  /** What is refused, by resource and method: `create pods`. */
  readonly refusals = new Map<string, Failure>();
  /** What was asked, such as `create jobs`. */
  readonly asked: string[] = [];
  /** Called when an object has changed. */
  readonly listeners: ((resource: Resource, change: Change) => void)[] = [];
  /** Gives the log of a pod. */
  logOf: (pod: Stored, query: URLSearchParams) => string = () => '';
  /** What the metrics API tells; undefined: there is none. */
  metrics: { items: object[] } | undefined;
  private readonly objects = new Map<string, Stored>();
  private history: { resource: Resource; change: Change }[] = [];
  private readonly watches = new Set<{
    resource: Resource;
    selects: (object: Stored) => boolean;
    response: ServerResponse;
  }>();
  private version = 1_000;
  private oldest = 0;
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async listen(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Goes down, with what it has: `listen` brings it back. */
  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
    this.watches.clear();
  }

  /** Ends all streams, and forgets the changes that there were. */
  expire(): void {
    this.history = [];
    this.oldest = this.version + 1;
    this.version += 1;
    for (const { response } of this.watches) response.end();
    this.watches.clear();
  }

  list(resource: Resource, fits: (object: Stored) => boolean = () => true): Stored[] {
    return [...this.objects]
      .filter(([key, object]) => key.startsWith(`${resource}/`) && fits(object))
      .map(([, object]) => object);
  }

  get(resource: Resource, name: string): Stored | undefined {
    return this.objects.get(`${resource}/${name}`);
  }

  /** What controllers and nodes write. */
  put(resource: Resource, object: Stored, type: Change['type'] = 'MODIFIED'): Stored {
    this.version += 1;
    const stored = structuredClone(object);
    stored.metadata.resourceVersion = String(this.version);
    const key = `${resource}/${stored.metadata.name}`;
    if (type === 'DELETED') this.objects.delete(key);
    else this.objects.set(key, stored);
    const change = { type, object: stored, version: this.version };
    this.history.push({ resource, change });
    for (const watch of this.watches)
      if (watch.resource === resource && watch.selects(stored)) tell(watch.response, type, stored);
    for (const listener of this.listeners) listener(resource, change);
    if (type === 'DELETED') this.collect(stored.metadata.uid);
    return stored;
  }

  create(resource: Resource, given: Given): Stored {
    const { kind = '', apiVersion = '' } = KINDS[resource] ?? {};
    const { name = `${resource}-${randomUUID().slice(0, 8)}` } = given.metadata;
    if (this.get(resource, name) !== undefined)
      throw new Failure(409, 'AlreadyExists', `${resource} "${name}" already exists`);
    const errors = schemaErrors(given, kind.startsWith('CoreV1') ? kind : `V1${kind}`);
    const pod = (
      resource === 'jobs' ? given.spec?.template?.spec : resource === 'pods' ? given.spec : undefined
    ) as undefined | { containers: [] };
    if (pod !== undefined) errors.push(...securityErrors(pod).map((each) => `violates PodSecurity: ${each}`));
    if (errors.length > 0) throw new Failure(422, 'Invalid', errors.join('; '));
    const metadata = {
      ...given.metadata,
      name,
      uid: randomUUID(),
      creationTimestamp: new Date().toISOString(),
      resourceVersion: '',
    };
    return this.put(resource, { ...given, kind, apiVersion, metadata }, 'ADDED');
  }

  /** Pods end in their time: their node says when. */
  delete(resource: Resource, object: Stored, graceSeconds: number | undefined): void {
    const spec = object.spec as { terminationGracePeriodSeconds?: number } | undefined;
    if (resource !== 'pods') {
      this.put(resource, object, 'DELETED');
      return;
    }
    const deletionGracePeriodSeconds = graceSeconds ?? spec?.terminationGracePeriodSeconds ?? 30;
    const deletionTimestamp = new Date().toISOString();
    this.put(resource, {
      ...object,
      metadata: { ...object.metadata, deletionTimestamp, deletionGracePeriodSeconds },
    });
  }

  /** What an owner that is gone has left. */
  private collect(uid: string): void {
    for (const [key, object] of this.objects) {
      if (object.metadata.ownerReferences?.some((owner) => owner.uid === uid) !== true) continue;
      if (object.metadata.deletionTimestamp === undefined)
        this.delete(key.split('/')[0] as Resource, object, undefined);
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.headers.authorization !== `Bearer ${this.token}`)
        throw new Failure(401, 'Unauthorized', 'Unauthorized');
      const url = new URL(request.url ?? '/', this.url);
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const text = Buffer.concat(parts).toString();
      this.route(request, url, text === '' ? undefined : (JSON.parse(text) as Stored), response);
    } catch (error) {
      const { code, reason, message } =
        error instanceof Failure ? error : new Failure(500, 'InternalError', String(error));
      send(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
    }
  }

  private route(
    request: IncomingMessage,
    url: URL,
    body: Stored | undefined,
    response: ServerResponse,
  ): void {
    if (url.pathname.startsWith('/apis/metrics.k8s.io/')) {
      if (this.metrics === undefined) throw new Failure(404, 'NotFound', 'the server could not find it');
      send(response, 200, this.metrics);
      return;
    }
    const { group, resource = '', name, log } = PATH.exec(url.pathname)?.groups ?? {};
    const known = KINDS[resource];
    if (known === undefined || known.path !== group)
      throw new Failure(404, 'NotFound', `the server could not find ${url.pathname}`);
    const of = resource as Resource;
    const method = request.method ?? 'GET';
    const verb = { POST: 'create', PATCH: 'patch', DELETE: 'delete' }[method] ?? 'get';
    this.asked.push(`${verb} ${resource}`);
    const refusal = this.refusals.get(`${verb} ${resource}`);
    if (refusal !== undefined) throw refusal;
    if (method === 'POST' && body !== undefined) send(response, 201, this.create(of, body));
    else if (method === 'PATCH') send(response, 200, this.patch(of, name ?? '', body, request.headers));
    else if (method === 'DELETE') this.remove(of, name, url.searchParams, body, response);
    else if (log !== undefined) {
      const text = this.logOf(this.found(of, name ?? ''), url.searchParams);
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      response.end(text);
    } else if (name !== undefined) send(response, 200, this.found(of, name));
    else if (url.searchParams.get('watch') === 'true') this.watch(of, url.searchParams, response);
    else {
      const items = this.list(of, selector(url.searchParams));
      send(response, 200, {
        kind: `${known.kind}List`,
        apiVersion: known.apiVersion,
        metadata: { resourceVersion: String(this.version) },
        items,
      });
    }
  }

  private found(resource: Resource, name: string): Stored {
    const object = this.get(resource, name);
    if (object === undefined) throw new Failure(404, 'NotFound', `${resource} "${name}" not found`);
    return object;
  }

  private patch(
    resource: Resource,
    name: string,
    body: unknown,
    headers: IncomingMessage['headers'],
  ): Stored {
    if (headers['content-type'] !== 'application/merge-patch+json')
      throw new Failure(415, 'UnsupportedMediaType', 'the body of the request was in an unknown format');
    const before = this.found(resource, name);
    const asked = (body as Partial<Stored>).metadata?.resourceVersion;
    if (asked !== undefined && asked !== before.metadata.resourceVersion)
      throw new Failure(
        409,
        'Conflict',
        'the object has been modified; please apply your changes to the latest version',
      );
    const after = merged(before, body) as Stored;
    const { kind = '' } = KINDS[resource] ?? {};
    const errors = schemaErrors(after, `V1${kind}`);
    if (errors.length > 0) throw new Failure(422, 'Invalid', errors.join('; '));
    return this.put(resource, after);
  }

  private remove(
    resource: Resource,
    name: string | undefined,
    query: URLSearchParams,
    body: unknown,
    response: ServerResponse,
  ): void {
    const text = query.get('gracePeriodSeconds');
    const grace =
      text === null
        ? (body as { gracePeriodSeconds?: number } | undefined)?.gracePeriodSeconds
        : Number(text);
    const objects = name === undefined ? this.list(resource, selector(query)) : [this.found(resource, name)];
    for (const object of objects) this.delete(resource, object, grace);
    send(response, 200, { kind: 'Status', apiVersion: 'v1', status: 'Success' });
  }

  private watch(resource: Resource, query: URLSearchParams, response: ServerResponse): void {
    const from = Number(query.get('resourceVersion') ?? 0);
    response.writeHead(200, { 'Content-Type': 'application/json' });
    if (from < this.oldest) {
      const message = `too old resource version: ${from} (${this.oldest})`;
      const object = { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410, message };
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return;
    }
    response.flushHeaders();
    const selects = selector(query);
    for (const { resource: of, change } of this.history)
      if (of === resource && change.version > from && selects(change.object))
        tell(response, change.type, change.object);
    const watch = { resource, selects, response };
    this.watches.add(watch);
    response.once('close', () => this.watches.delete(watch));
  }
}

function tell(response: ServerResponse, type: string, object: object): void {
  response.write(`${JSON.stringify({ type, object })}\n`);
}

function send(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Label and field selectors, of equality alone. */
function selector(query: URLSearchParams): (object: Stored) => boolean {
  const pairs = (name: string): string[][] =>
    (query.get(name) ?? '')
      .split(',')
      .filter((each) => each !== '')
      .map((each) => each.split('='));
  const labels = pairs('labelSelector');
  const fields = pairs('fieldSelector');
  return (object) =>
    labels.every(([key = '', value]) => object.metadata.labels?.[key] === value) &&
    fields.every(([path = '', value]) => {
      let at: unknown = object;
      for (const part of path.split('.')) at = (at as Record<string, unknown> | undefined)?.[part];
      return at === value;
    });
}

/** A merge patch (RFC 7396). */
function merged(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const base = target !== null && typeof target === 'object' && !Array.isArray(target) ? target : {};
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}
