import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/core/config/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';

const FOLDER = join(PROJECT_ROOT, 'infra', 'k8s');

interface Container {
  name: string;
  image: string;
  command: string[];
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
  resources: { requests: object; limits: object };
  securityContext: object;
  livenessProbe?: { httpGet: { path: string; port: string } };
  readinessProbe?: { httpGet: { path: string; port: string } };
}

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  // The parts that differ by kind.
  spec: {
    template: {
      metadata: { labels: Record<string, string> };
      spec: { securityContext: object; initContainers: Container[]; containers: Container[] };
    };
    selector: Record<string, string>;
    ports: { targetPort: string }[];
    scaleTargetRef: { name: string };
    egress?: { ports: { port: number }[] }[];
    ingress?: { ports: { port: number }[] }[];
  };
}

const files = readdirSync(FOLDER).filter((name) => name !== 'kustomization.yaml');
const manifests = files.flatMap((name) =>
  parseAllDocuments(readFileSync(join(FOLDER, name), 'utf8')).map((document) => document.toJS() as Manifest),
);
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const deployments = ofKind('Deployment');
const pods = deployments.map(({ spec }) => spec.template);
const values = (kind: string, name: string) => {
  const found = ofKind(kind).find(({ metadata }) => metadata.name === name);
  return found?.data ?? found?.stringData ?? {};
};

/** The ports that the policies let in or out. */
function openPorts(way: 'ingress' | 'egress'): number[] {
  return ofKind('NetworkPolicy').flatMap(({ spec }) =>
    (spec[way] ?? []).flatMap(({ ports }) => ports.map(({ port }) => port)),
  );
}

/** What the compiler says about manifests as literals of the types of Kubernetes: unknown, missing and wrong fields. */
function complaints(given: readonly object[]): string[] {
  const lines = given.map((manifest, index) => {
    const { apiVersion, kind } = manifest as Manifest;
    const module = apiVersion === 'v1' ? 'core/v1' : apiVersion.replace(/(?:\.authorization)?\.k8s\.io/, '');
    return `export const m${index}: import('kubernetes-types/${module}').${kind} = ${JSON.stringify(manifest)};`;
  });
  const file = join(PROJECT_ROOT, 'test', 'architecture', 'manifests.virtual.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion) =>
    name === file
      ? ts.createSourceFile(name, lines.join('\n'), languageVersion)
      : read(name, languageVersion);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the Kubernetes manifests', () => {
  it('have the fields that Kubernetes knows', () => {
    expect(complaints(manifests)).toEqual([]);
    const [deployment] = deployments;
    const wrong = [
      { ...deployment, spec: { ...deployment?.spec, replicaz: 1 } },
      { ...deployment, spec: { ...deployment?.spec, selector: undefined } },
    ];
    expect(complaints(wrong)).toHaveLength(2);
  }, 60_000);

  it('are all listed, and all in the namespace', () => {
    const { resources } = parse(readFileSync(join(FOLDER, 'kustomization.yaml'), 'utf8')) as {
      resources: string[];
    };
    expect(resources.toSorted()).toEqual(files.toSorted());
    const elsewhere = manifests.filter(({ metadata }) => metadata.namespace !== 'azt3knet');
    expect(elsewhere.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted()).toEqual([
      'Namespace/azt3knet',
      'Namespace/azt3knet-bots',
      'NetworkPolicy/default-deny',
      'ResourceQuota/bots',
      'Role/azt3knet-worker',
      'RoleBinding/azt3knet-worker',
    ]);
  });

  it('run as nobody who can do anything, with limits and probes', () => {
    expect(pods).toHaveLength(2);
    for (const { spec } of pods) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of [...spec.initContainers, ...spec.containers]) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources).toMatchObject({
          requests: { cpu: expect.any(String) },
          limits: { memory: expect.any(String) },
        });
      }
      for (const { livenessProbe, readinessProbe, ports = [] } of spec.containers) {
        expect(livenessProbe?.httpGet).toEqual({ path: '/health', port: 'operations' });
        expect(readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'operations' });
        expect(ports).toContainEqual({ name: 'operations', containerPort: 9464 });
      }
    }
  });

  it('take settings from what is there, and start with them once the secrets are filled in', () => {
    const filledIn = (secret: string): Record<string, string> =>
      Object.fromEntries(
        Object.entries(values('Secret', secret)).map(([name, value]) => [
          name,
          value.replace('FILL_IN', 'correct-horse-battery-staple-of-32'),
        ]),
      );
    const settings = {
      ...values('ConfigMap', 'azt3knet'),
      ...filledIn('azt3knet'),
      API_HOST: '0.0.0.0',
      PROMETHEUS_PORT: '9464',
    };
    const empty = mkdtempSync(join(tmpdir(), 'azt3knet-k8s-'));
    expect(loadConfig(settings, empty).environment).toBe('production');
    expect(loadConfig({ ...settings, ...filledIn('azt3knet-owner') }, empty).database?.ownerUrl).toContain(
      'owner',
    );
    const asShipped = { ...settings, ...values('Secret', 'azt3knet') };
    expect(() => loadConfig(asShipped, empty)).toThrow(/API_SECRET_KEY.*AZT3KNET_ADMIN_PASSWORD/);
    const owner = { ...settings, ...values('Secret', 'azt3knet-owner') };
    expect(() => loadConfig(owner, empty)).toThrow(/DATABASE_OWNER_URL: is a default/);
    for (const { spec } of pods) {
      for (const { envFrom } of [...spec.initContainers, ...spec.containers]) {
        expect(envFrom).toEqual([
          { configMapRef: { name: 'azt3knet' } },
          { secretRef: { name: 'azt3knet' } },
        ]);
      }
    }
  });

  it('let workers make what bots need, and read no secret', () => {
    const [role] = ofKind('Role') as unknown as { rules: { resources: string[]; verbs: string[] }[] }[];
    const verbs = Object.fromEntries(
      (role?.rules ?? []).flatMap(({ resources, verbs: may }) => resources.map((each) => [each, may])),
    );
    expect(verbs['secrets']).toEqual(['create', 'patch']);
    expect(Object.values(verbs).flat()).not.toContain('*');
    const mounts = deployments.map(({ metadata, spec }) => [
      metadata.name,
      (spec.template.spec as { automountServiceAccountToken?: boolean }).automountServiceAccountToken,
    ]);
    expect(mounts).toEqual([
      ['azt3knet-api', false],
      ['azt3knet-worker', true],
    ]);
  });

  it('find each other', () => {
    for (const [name, container] of [
      ['azt3knet-api', 'api'],
      ['azt3knet-bots', 'worker'],
    ]) {
      const service = ofKind('Service').find(({ metadata }) => metadata.name === name);
      const pod = pods.find(({ spec }) => spec.containers[0]?.name === container);
      expect(pod?.metadata.labels).toMatchObject(service?.spec.selector ?? { missing: 'service' });
      const names = pod?.spec.containers[0]?.ports?.map((port) => port.name);
      expect(names).toContain(service?.spec.ports[0]?.targetPort);
    }
    const scaled = ofKind('HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name);
    expect(scaled).toEqual(deployments.map(({ metadata }) => metadata.name));
  });

  it('let out what the settings name, and in what listens', () => {
    const settings = { ...values('Secret', 'azt3knet'), ...values('ConfigMap', 'azt3knet') };
    const wanted = ['DATABASE_URL', 'REDIS_URL', 'MINIO_ENDPOINT'].map((name) =>
      Number(new URL(settings[name] ?? '').port || 443),
    );
    // Besides: names, the API for bots, and the API server that makes their pods.
    expect(new Set(openPorts('egress'))).toEqual(new Set([...wanted, 53, 8000, 6443]));
    const bots = Number(settings['AZT3KNET_BOTS_PORT']);
    expect(openPorts('ingress')).toEqual([8000, 9464, bots, 8000]);
    expect(Number(new URL(settings['AZT3KNET_BOTS_HOST_URL'] ?? '').port)).toBe(bots);
  });
});
