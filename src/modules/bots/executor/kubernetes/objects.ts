import { isIP } from 'node:net';
import type {
  V1ConfigMap,
  V1Container,
  V1Job,
  V1NetworkPolicy,
  V1ObjectMeta,
  V1OwnerReference,
  V1Secret,
} from '@kubernetes/client-node';
import type { ClusterOfBots } from '../../../../core/config/index.js';
import type { BlueprintManifest } from '../../blueprints/manifest.js';
import type { Launch, Slot } from '../executor.js';

export const LABELS = {
  installation: 'azt3knet/installation',
  synthetic: 'azt3knet/synthetic',
  bot: 'azt3knet/bot',
  ordinal: 'azt3knet/ordinal',
  instance: 'azt3knet/instance',
} as const;
/** What all objects of bots carry, of whichever installation, and only they. */
export const OURS = 'app.kubernetes.io/name=azt3knet-bot,app.kubernetes.io/managed-by=azt3knet';
/** The slot of an object of ours; what was made before there were replicas is of the first. */
export function slotOf({ metadata }: { metadata?: V1ObjectMeta }): Slot {
  const { labels = {} } = metadata ?? {};
  return { botId: labels[LABELS.bot] ?? '', ordinal: Number(labels[LABELS.ordinal] ?? 0) };
}

/** Where objects are made, and in whose name: installations may share a namespace. */
export interface Place extends ClusterOfBots {
  /** Names the installation among others, as a label can. */
  installation: string;
}

export const CONTAINER = 'bot';

const USER = 65_532;
const PROGRAM = '/bot/program';
const GIVEN = '/bot/given';
const WORK = '/bot/work';
const BEAT = `${WORK}/.beat`;
/** A probe is a process of its own each time. */
const PROBE_SECONDS = 10;
/** A finished Job that nobody has cleared away goes after so long, in seconds. */
const KEPT_SECONDS = 3_600;

/** The name of all objects of an instance: a bot may have several that end while one begins. */
function nameOf({ botId, instance }: Pick<Launch, 'botId' | 'instance'>): string {
  return `bot-${botId.slice(0, 40)}-${instance.slice(0, 8)}`;
}

function labelsOf(
  { botId, ordinal, instance }: Pick<Launch, 'botId' | 'ordinal' | 'instance'>,
  { installation }: Place,
): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'azt3knet-bot',
    'app.kubernetes.io/managed-by': 'azt3knet',
    [LABELS.installation]: installation,
    [LABELS.synthetic]: 'true',
    [LABELS.bot]: botId,
    [LABELS.ordinal]: String(ordinal),
    [LABELS.instance]: instance,
  };
}

function metaOf(launch: Launch, place: Place, owner?: V1Job): V1ObjectMeta {
  const { metadata } = owner ?? {};
  const reference: V1OwnerReference = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
  };
  return {
    name: nameOf(launch),
    labels: labelsOf(launch, place),
    ...(owner !== undefined && { ownerReferences: [reference] }),
  };
}

/**
 * The Job of an instance: one pod, once, since it is the reconciler that starts a bot again. It is suspended until what the pod
 * needs is there, its network policy above all.
 */
export function jobOf(launch: Launch, place: Place, files: ReadonlyMap<string, Buffer>): V1Job {
  const { manifest } = launch.blueprint;
  const name = nameOf(launch);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metaOf(launch, place),
    spec: {
      suspend: true,
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      podReplacementPolicy: 'Failed',
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: {
        metadata: { labels: labelsOf(launch, place) },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: Math.ceil(manifest.grace_seconds),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            runAsGroup: USER,
            fsGroup: USER,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [containerOf(launch, place)],
          volumes: [
            { name: 'program', configMap: { name, items: itemsOf(files), defaultMode: 0o444 } },
            { name: 'given', secret: { secretName: name, defaultMode: 0o440 } },
            { name: 'work', emptyDir: { sizeLimit: `${4 * manifest.resources.file_mb}Mi` } },
          ],
        },
      },
    },
  };
}

function containerOf({ botId, ordinal, instance, blueprint }: Launch, cluster: ClusterOfBots): V1Container {
  const { manifest } = blueprint;
  const { runtime, resources, health } = manifest;
  const memory = `${resources.memory_mb}Mi`;
  const environment: Record<string, string> = {
    HOME: WORK,
    TMPDIR: WORK,
    LANG: 'C.UTF-8',
    PYTHONPATH: PROGRAM,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    AZT3KNET_BOT_ID: botId,
    AZT3KNET_BOT_ORDINAL: String(ordinal),
    AZT3KNET_BOT_INSTANCE: instance,
    AZT3KNET_BOT_HOST_URL: cluster.hostUrl,
    AZT3KNET_BOT_TOKEN_FILE: `${GIVEN}/token`,
    AZT3KNET_BOT_CONFIGURATION_FILE: `${GIVEN}/configuration.json`,
    AZT3KNET_BOT_HEARTBEAT_SECONDS: String(health.heartbeat_seconds),
    AZT3KNET_BOT_BEAT_FILE: BEAT,
  };
  return {
    name: CONTAINER,
    image: cluster.images[runtime],
    imagePullPolicy: 'IfNotPresent',
    command: commandOf(manifest),
    workingDir: WORK,
    env: Object.entries(environment).map(([name, value]) => ({ name, value })),
    resources: {
      requests: { cpu: `${Math.max(10, Math.round(resources.cpu * 100))}m`, memory },
      limits: { cpu: `${Math.round(resources.cpu * 1_000)}m`, memory, 'ephemeral-storage': '1Gi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    },
    // Tells the cluster how it does. What ends a bot that does badly is self-healing alone, in the mode that people have chosen.
    readinessProbe: {
      exec: { command: ['/bin/sh', '-c', freshBeat(Math.ceil(health.missed * health.heartbeat_seconds))] },
      periodSeconds: PROBE_SECONDS,
      timeoutSeconds: 5,
      failureThreshold: 1,
    },
    volumeMounts: [
      { name: 'program', mountPath: PROGRAM, readOnly: true },
      { name: 'given', mountPath: GIVEN, readOnly: true },
      { name: 'work', mountPath: WORK },
    ],
  };
}

function commandOf({ runtime, entry, arguments: given, resources }: BlueprintManifest): string[] {
  const program = `${PROGRAM}/${entry}`;
  const heap = Math.max(16, Math.floor(resources.memory_mb * 0.75));
  // A cluster would put variables in the place of $(NAME).
  const literal = given.map((each) => each.replaceAll('$', '$$$$'));
  return runtime === 'node'
    ? ['node', `--max-old-space-size=${heap}`, program, ...literal]
    : ['python3', program, ...literal];
}

/** Whether the last beat that the host answered is younger than so many seconds. */
function freshBeat(seconds: number): string {
  return `test $(( $(date +%s) - $(stat -c %Y ${BEAT}) )) -le ${seconds + 1}`;
}

/** Keys of a ConfigMap are no paths. */
function itemsOf(files: ReadonlyMap<string, Buffer>): { key: string; path: string }[] {
  return [...files.keys()].map((path, index) => ({ key: keyOf(index), path }));
}

function keyOf(index: number): string {
  return `file-${index}`;
}

/** The program, as it was compared with what is pinned, and its SDK. */
export function programOf(
  launch: Launch,
  owner: V1Job,
  place: Place,
  files: ReadonlyMap<string, Buffer>,
): V1ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metaOf(launch, place, owner),
    immutable: true,
    binaryData: Object.fromEntries(
      [...files.values()].map((content, index) => [keyOf(index), content.toString('base64')]),
    ),
  };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** What the bot is given: its token, which is renewed, and its configuration. */
export function secretOf(launch: Launch, owner: V1Job, place: Place): V1Secret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metaOf(launch, place, owner),
    type: 'Opaque',
    data: {
      token: base64(launch.token),
      'configuration.json': base64(JSON.stringify(launch.configuration)),
    },
  };
}

/** Nothing comes in; out goes what reaches the host of bots, and names. */
export function networkPolicyOf(launch: Launch, owner: V1Job, place: Place): V1NetworkPolicy {
  const { hostUrl, port } = place;
  const host = new URL(hostUrl).hostname.replace(/^\[|\]$/g, '');
  const bits = isIP(host) === 6 ? 128 : 32;
  const peer =
    isIP(host) === 0
      ? {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': host.split('.')[1] ?? '' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'azt3knet' } },
        }
      : { ipBlock: { cidr: `${host}/${bits}` } };
  const names = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metaOf(launch, place, owner),
    spec: {
      podSelector: { matchLabels: { [LABELS.instance]: launch.instance } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [
        { to: [peer], ports: [{ port, protocol: 'TCP' }] },
        {
          to: [names],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
      ],
    },
  };
}
