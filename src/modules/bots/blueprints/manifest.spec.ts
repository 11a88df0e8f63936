import { expect, it } from 'vitest';
import { DocumentError } from '../../../core/documents/index.js';
import { readManifest } from './blueprint-library.js';

const MANIFEST = `title: Echo
description: Says again what it is told.
version: 1.0.0
runtime: node
entry: echo_bot.mjs
`;

function refusal(text: string): unknown {
  try {
    readManifest(text, 'echo_bot.yaml');
  } catch (error) {
    return error;
  }
  return undefined;
}

it('fills in what a manifest leaves out', () => {
  expect(readManifest(MANIFEST, 'echo_bot.yaml')).toMatchObject({
    permissions: [],
    health: { heartbeat_seconds: 2, missed: 3 },
    resources: { memory_mb: 256 },
  });
});

it.each([
  ['runtime: perl', 'runtime: node', 4],
  ['entry: ../../etc/passwd', 'entry: echo_bot.mjs', 5],
  // Its content would be hashed in the place of the manifest's own.
  ['files: [manifest]', '', 6],
  ['files: [configuration.json]', '', 6],
  ['permissions: [users:write]', '', 6],
  ['egress: [example.org]', '', 6],
  ['configuration: {type: thing}', '', 6],
])('names the file and the line of what is wrong: %s', (wrong, instead, line) => {
  const text = instead === '' ? `${MANIFEST}${wrong}\n` : MANIFEST.replace(instead, wrong);
  const error = refusal(text);
  expect(error).toBeInstanceOf(DocumentError);
  expect((error as DocumentError).message).toContain('echo_bot.yaml');
  expect((error as DocumentError).issues[0]?.line).toBe(line);
});
