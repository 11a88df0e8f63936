import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../core/config/index.js';
import { BlueprintLibrary } from './blueprint-library.js';

const MANIFEST = `title: Own
description: One of the operator's own.
version: 1.0.0
runtime: node
entry: own.mjs
`;

let place: string;
let folder: string;
let library: BlueprintLibrary;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'azt3knet-blueprints-'));
  folder = join(place, 'own');
  mkdirSync(folder);
  writeFileSync(join(place, 'secret'), 'of the server');
  writeFileSync(join(folder, 'own.yaml'), MANIFEST);
  writeFileSync(join(folder, 'own.mjs'), 'export {};');
  library = new BlueprintLibrary(loadConfig({ AZT3KNET_BLUEPRINTS_DIR: folder }, place));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const program = (): string => join(folder, 'own.mjs');
const links = (file: string, to: string) => (): void => {
  rmSync(file);
  symlinkSync(to, file);
};

describe('a file of a blueprint', () => {
  it('may be a link within the folder, as where a ConfigMap is mounted', () => {
    mkdirSync(join(folder, '..data'));
    writeFileSync(join(folder, '..data', 'own.mjs'), 'the program');
    links(program(), '..data/own.mjs')();
    expect(library.read('own.mjs').files.get('own.mjs')?.toString()).toBe('the program');
  });

  it.each<[string, () => void, RegExp]>([
    ['a link out of the folder', () => links(program(), '../secret')(), /leads out of the folder/],
    ['a link to a file of the system', () => links(program(), '/etc/passwd')(), /leads out of the folder/],
    ['a manifest elsewhere', () => links(join(folder, 'own.yaml'), '../secret')(), /leads out of the folder/],
    [
      'a pipe that nobody writes into',
      () => {
        rmSync(program());
        execFileSync('mkfifo', [program()]);
      },
      /no ordinary file/,
    ],
    ['larger than any program', () => truncateSync(program(), 2 ** 34), /more than 10485760 bytes/],
  ])('is refused that is %s', (_, make, reason) => {
    make();
    expect(() => library.read('own.mjs')).toThrow(reason);
    expect(() => library.read('own.mjs')).toThrow(expect.objectContaining({ code: 'blueprint_invalid' }));
  });
});

describe('a blueprint that is not there', () => {
  it('is told with those that are, or with the manifest that it lacks', () => {
    expect(() => library.read('bots/nowhere.mjs')).toThrow(
      /^there is no blueprint "bots\/nowhere\.mjs": there are .*bots\/echo_bot\.mjs.*own\.mjs/u,
    );
    writeFileSync(join(folder, 'bare.mjs'), '');
    expect(() => library.read('bare.mjs')).toThrow('it has no manifest bare.yaml beside it');
    expect(() => library.read('../secret')).toThrow('there is no blueprint "../secret": there are ');
  });
});
