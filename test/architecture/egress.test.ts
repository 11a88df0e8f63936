import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';

/** Modules that ask servers or resolve names; not the drivers of the databases, which follow their URLs. */
const NETWORK =
  /^(?:node:)?(?:http|https|http2|net|tls|dns|dns\/promises|dgram|undici)$|^(?:ws$|axios|got|ollama$|openai$|node-fetch|@aws-sdk\/|@kubernetes\/|@smithy\/|@opentelemetry\/exporter|@azt3knet\/client$)/;
const GLOBALS = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']);
/** What these modules have besides connections. */
const HARMLESS = new Set(['STATUS_CODES', 'isIP', 'createServer', 'Server', 'WebSocketServer']);

/** Who may, and why; an entry that nobody needs any more fails the test. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/core/egress/guarded-connector.ts': 'the way out',
  'src/core/egress/egress-channel.ts': 'the way out',
  'src/core/egress/egress-socket.ts': 'the way out',
  'src/core/blobs/s3-blob-store.ts': 'the SDK of S3, to MINIO_ENDPOINT',
  'src/core/blobs/s3-errors.ts': 'the SDK of S3: its errors',
  'src/core/blobs/s3-uploads.ts': 'the SDK of S3, to MINIO_ENDPOINT',
  'src/core/llm/backends/ollama-backend.ts': 'the client of Ollama, by the fetch of core/egress',
  'src/core/secrets/stores/aws-store.ts': 'the SDK of AWS, to the region of AWS_REGION or its own endpoint',
  'src/core/tracing/open-telemetry.ts': 'the exporter of OpenTelemetry, to OTEL_EXPORTER_OTLP_ENDPOINT',
  'src/core/cli/': 'the command line, to --api-url',
  'src/core/documents/naming-file.ts': 'the command line: the errors of --api-url',
  'src/modules/jobs/jobs.cli.ts': 'the command line: the errors of --api-url',
  'src/modules/simulation/rehearsal.cli.ts': 'the command line: the errors of --api-url',
  'src/modules/simulation/run-control.cli.ts': 'the command line: the errors of --api-url',
  'src/modules/auth/login/login.cli.ts': 'the command line, to --api-url',
  'src/modules/bots/executor/kubernetes/cluster.ts': 'the client of Kubernetes, by the fetch of core/egress',
  'src/modules/bots/gateway/api-proxy.ts': 'leads bots to the API of this installation, and to nothing else',
  'src/modules/command/conversations/':
    'carries out commands by the API of its own process, which nothing leaves',
  'src/modules/command/registry/placeholders.ts': 'the errors of the API of its own process',
  'src/local-application.ts': 'the command line, to the application of its own process',
  'src/modules/compliance/pii/network.ts': 'tells addresses from other texts, and reaches nothing',
  'src/modules/observability/check-machine.ts': 'asks the API of this machine whether it is there',
};

/** How a source reaches the network: the modules it imports values of, and the globals it names. */
function waysOut(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const ways: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && importsNetwork(node)) ways.push(node.moduleSpecifier.getText());
    if (ts.isCallExpression(node) && isLoading(node)) ways.push(node.getText());
    if (ts.isIdentifier(node) && GLOBALS.has(node.text) && isGlobal(node)) ways.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return ways;
}

function importsNetwork({ moduleSpecifier, importClause }: ts.ImportDeclaration): boolean {
  if (!NETWORK.test((moduleSpecifier as ts.StringLiteral).text)) return false;
  if (importClause === undefined) return true;
  if (importClause.isTypeOnly) return false;
  const { name, namedBindings } = importClause;
  if (name !== undefined || namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return true;
  return namedBindings.elements.some(
    (element) => !element.isTypeOnly && !HARMLESS.has((element.propertyName ?? element.name).text),
  );
}

/** `import('…')` or `require('…')` of such a module. */
function isLoading({ expression, arguments: [first] }: ts.CallExpression): boolean {
  const loads = expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText() === 'require';
  return loads && first !== undefined && ts.isStringLiteral(first) && NETWORK.test(first.text);
}

/** Whether a name is the global one: called, or taken from globalThis; a method or field of that name is not. */
function isGlobal(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return parent.expression.getText() === 'globalThis';
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node;
}

const found = globSync('src/**/*.ts', { cwd: PROJECT_ROOT })
  .filter((file) => !file.endsWith('.spec.ts'))
  .map((file) => ({ file, ways: waysOut(file, readFileSync(join(PROJECT_ROOT, file), 'utf8')) }))
  .filter(({ ways }) => ways.length > 0);

const permitOf = (file: string): string | undefined =>
  Object.keys(ALLOWED).find((path) => file === path || (path.endsWith('/') && file.startsWith(path)));

describe('outgoing requests', () => {
  it('are made by core/egress, and by those that are named here', () => {
    const strangers = found.filter(({ file }) => permitOf(file) === undefined);
    expect(strangers).toEqual([]);
  });

  it('are made by everybody who is named here', () => {
    const used = new Set(found.map(({ file }) => permitOf(file)));
    expect(Object.keys(ALLOWED).filter((path) => !used.has(path))).toEqual([]);
  });

  it.each([
    "import { request } from 'node:http';",
    "import { type Server, get } from 'https';",
    "import http from 'node:http2';",
    "import * as net from 'node:net';",
    "import { connect } from 'tls';",
    "import { lookup } from 'node:dns/promises';",
    "import 'undici';",
    "import { S3Client } from '@aws-sdk/client-s3';",
    "import { Watch } from '@kubernetes/client-node';",
    "const { request } = await import('node:http');",
    "const net = require('net');",
    "await fetch('https://example.org');",
    "const f = globalThis.fetch; f('x');",
    "new WebSocket('wss://example.org');",
  ])('are noticed: %s', (text) => expect(waysOut('a.ts', text)).not.toEqual([]));

  it.each([
    "import type { Server } from 'node:http';",
    "import { STATUS_CODES, type IncomingMessage } from 'node:http';",
    'class A { fetch() {} }; new A().fetch(); const b = { fetch: 1 };',
  ])('are not seen where there are none: %s', (text) => expect(waysOut('a.ts', text)).toEqual([]));
});
