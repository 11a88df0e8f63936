import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelled, type LabelledText } from './labelled-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'labelled-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(
  name: string,
  content: string,
  more: Partial<Parameters<typeof readLabelled>[0]> = {},
): LabelledText[] {
  const file = join(folder, name);
  writeFileSync(file, content);
  return readLabelled({ file, text: 'text', label: 'label', all: undefined, group: undefined, ...more });
}

describe('a labelled file', () => {
  it.each([
    ['a.csv', 'text,label\n"one, ""two""\nthree",1\nfour,0\n'],
    ['a.tsv', 'text\tlabel\r\n"one, ""two""\nthree"\thateful\r\nfour\tnon-hateful\r\n'],
    ['a.jsonl', '{"text":"one, \\"two\\"\\nthree","label":true}\n{"text":"four","label":0}\n'],
    ['a.json', '[{"text":"one, \\"two\\"\\nthree","label":"Toxic"},{"text":"four","label":"Not Toxic"}]'],
  ])('%s is read', (name, content) => {
    expect(read(name, content)).toEqual([
      { text: 'one, "two"\nthree', label: true, group: '' },
      { text: 'four', label: false, group: '' },
    ]);
  });

  it('may have its label in any of several columns, and a group', () => {
    const content =
      '{"text":"a","S":1,"kind":"x"}\n{"text":"b","S":0,"H":0,"kind":"y"}\n{"text":"c","H":1,"kind":"y"}\n';
    const rows = read('b.jsonl', content, { label: 'S,H', group: 'kind' });
    expect(rows.map(({ label, group }) => [label, group])).toEqual([
      [true, 'x'],
      [false, 'y'],
      [true, 'y'],
    ]);
  });

  it('may be of one kind altogether', () => {
    expect(read('c.csv', 'text\na\n', { label: undefined, all: '1' })).toEqual([
      { text: 'a', label: true, group: '' },
    ]);
  });

  it.each<[string, string, string, Partial<Parameters<typeof readLabelled>[0]>, RegExp]>([
    ['a missing file', 'd.csv', '', { file: '/nowhere/x.csv' }, /--file: \/nowhere\/x\.csv cannot be read/u],
    ['another kind of file', 'd.xlsx', '', {}, /ends in '\.xlsx'; it takes \.csv/u],
    ['a missing column', 'd.csv', 'texts,label\na,1\n', {}, /no column 'text'; it has texts, label/u],
    ['a missing label column', 'd.csv', 'text,gold\na,1\n', {}, /--label: .*no column 'label'/u],
    ['a missing group column', 'd.csv', 'text,label\na,1\n', { group: 'test' }, /--group: /u],
    ['no word on labels', 'd.csv', 'text,label\na,1\n', { label: undefined }, /--all 1/u],
    ['an unknown label', 'd.csv', 'text,label\na,perhaps\n', {}, /'label' of row 1 is 'perhaps'/u],
    ['broken JSON', 'd.jsonl', '{"text":\n', {}, /not one JSON object a line/u],
  ])('%s is refused', (_, name, content, more, message) => {
    expect(() => read(name, content, more)).toThrow(message);
  });
});
