import { readFileSync } from 'node:fs';
import type {
  BatchV1Api,
  ConfigurationOptions,
  CoreV1Api,
  NetworkingV1Api,
  User,
} from '@kubernetes/client-node';
import type { ClusterOfBots } from '../../../../core/config/index.js';
import type { EgressChannel, EgressClient } from '../../../../core/egress/index.js';

/** Answers of lists: thousands of pods. */
const MAX_BYTES = 67_108_864;
const TIMEOUT_MS = 10_000;
/** How long a watch is kept open; the server ends it a little earlier. */
const WATCH_SECONDS = 240;

/** The file that names the cluster asks for what is not done here. */
export class ClusterUnusable extends Error {}

/** What a cluster is reached by. */
interface Access {
  server: string;
  ca: string | undefined;
  cert: string | undefined;
  key: string | undefined;
  /** Read anew for every request: the token of a service account changes. */
  token: () => string | undefined;
}

/** Queries of one request. */
type Query = Readonly<Record<string, string | number | boolean>>;

/** The API server of a cluster, asked by way of core/egress alone. */
export class Cluster {
  readonly batch: BatchV1Api;
  readonly core: CoreV1Api;
  readonly networking: NetworkingV1Api;
  /** To a patch: fields that are named take the place of those that are there. */
  readonly merging: ConfigurationOptions;

  private constructor(
    private readonly access: Access,
    private readonly requests: EgressChannel,
    private readonly streams: EgressChannel,
    { batch, core, networking, merging }: Pick<Cluster, 'batch' | 'core' | 'networking' | 'merging'>,
  ) {
    this.batch = batch;
    this.core = core;
    this.networking = networking;
    this.merging = merging;
  }

  /** Loads the client, which is large, and reads where the cluster is. @throws ClusterUnusable */
  static async open({ kubeconfig }: ClusterOfBots, egress: EgressClient): Promise<Cluster> {
    const kubernetes = await import('@kubernetes/client-node');
    const { createConfiguration, KubeConfig, ResponseContext, ServerConfiguration, wrapHttpLibrary } =
      kubernetes;
    const file = new KubeConfig();
    const access = readAccess(() => {
      if (kubeconfig === undefined) file.loadFromCluster();
      else file.loadFromFile(kubeconfig);
      return accessOf(file, kubeconfig ?? 'the service account of this pod');
    });
    const { ca, cert, key, server } = access;
    const own = [server];
    const requests = egress.channel('kubernetes', {
      own,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      ca,
      cert,
      key,
    });
    const streams = egress.channel('kubernetes-watch', {
      own,
      timeoutMs: (WATCH_SECONDS + 30) * 1_000,
      maxBytes: Number.MAX_SAFE_INTEGER,
      retries: 0,
      ca,
      cert,
      key,
    });
    const configuration = createConfiguration({
      baseServer: new ServerConfiguration(server, {}),
      httpApi: wrapHttpLibrary({
        send: async (request) => {
          const body = request.getBody();
          const answer = await requests.fetch(request.getUrl(), {
            method: request.getHttpMethod(),
            headers: withToken(request.getHeaders(), access),
            ...(typeof body === 'string' && { body }),
          });
          const content = Buffer.from(await answer.arrayBuffer());
          return new ResponseContext(answer.status, Object.fromEntries(answer.headers), {
            text: async () => content.toString(),
            binary: async () => content,
            stream: () => null,
          });
        },
      }),
    });
    return new Cluster(access, requests, streams, {
      batch: new kubernetes.BatchV1Api(configuration),
      core: new kubernetes.CoreV1Api(configuration),
      networking: new kubernetes.NetworkingV1Api(configuration),
      merging: kubernetes.setHeaderOptions('Content-Type', kubernetes.PatchStrategy.MergePatch),
    });
  }

  /** Asks for what the client has no method for. @returns an answer of any status */
  read(path: string, query: Query, signal?: AbortSignal): Promise<Response> {
    return this.requests.fetch(this.urlOf(path, query), {
      headers: withToken({}, this.access),
      signal: signal ?? null,
    });
  }

  /** Opens a stream of changes. @returns an answer of any status, whose body does not end soon */
  watch(path: string, query: Query, signal: AbortSignal): Promise<Response> {
    return this.streams.fetch(this.urlOf(path, { ...query, watch: true, timeoutSeconds: WATCH_SECONDS }), {
      headers: withToken({}, this.access),
      signal,
    });
  }

  private urlOf(path: string, query: Query): string {
    const url = new URL(this.access.server + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url.href;
  }
}

/** What is wrong with a file is no error of this program. */
function readAccess(read: () => Access): Access {
  try {
    return read();
  } catch (error) {
    if (error instanceof ClusterUnusable) throw error;
    throw new ClusterUnusable(`the cluster of bots cannot be found: ${(error as Error).message}`);
  }
}

function withToken(headers: Readonly<Record<string, string>>, { token }: Access): Record<string, string> {
  const shown = token();
  return { ...headers, ...(shown !== undefined && { Authorization: `Bearer ${shown}` }) };
}

interface Named {
  getCurrentCluster(): { server: string; caData?: string; caFile?: string; skipTLSVerify?: boolean } | null;
  getCurrentUser(): User | null;
}

function accessOf(file: Named, source: string): Access {
  const [cluster, user] = [file.getCurrentCluster(), file.getCurrentUser()];
  if (cluster === null || user === null)
    throw new ClusterUnusable(`${source} names no cluster and user as its current context`);
  if (cluster.skipTLSVerify === true)
    throw new ClusterUnusable(`${source} says that certificates are not verified, which is not done here`);
  if (user.exec !== undefined || user.username !== undefined)
    throw new ClusterUnusable(
      `${source} has a user other than by token or certificate, which is not done here`,
    );
  const tokenFile = (user.authProvider as { config?: { tokenFile?: string } } | undefined)?.config?.tokenFile;
  if (user.authProvider !== undefined && tokenFile === undefined)
    throw new ClusterUnusable(`${source} has a user by a provider of credentials, which is not done here`);
  return {
    server: cluster.server.replace(/\/$/, ''),
    ca: pemOf(cluster.caData, cluster.caFile),
    cert: pemOf(user.certData, user.certFile),
    key: pemOf(user.keyData, user.keyFile),
    token: () => (tokenFile === undefined ? user.token : readFileSync(tokenFile, 'utf8').trim()),
  };
}

function pemOf(data: string | undefined, file: string | undefined): string | undefined {
  if (data !== undefined) return Buffer.from(data, 'base64').toString();
  return file === undefined ? undefined : readFileSync(file, 'utf8');
}
