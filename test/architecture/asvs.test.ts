import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';

/** The requirements of ASVS 5.0 (CC BY-SA 4.0, OWASP) by their numbers. */
const LEVEL_1 = `
  1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2
  3.5.1 3.5.2 3.5.3 4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7
  6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2
  9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1
  14.3.1 15.1.1 15.2.1 15.3.1
`;
const LEVEL_2 = `
  1.1.1 1.1.2 1.2.6 1.2.7 1.2.8 1.2.9 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.3.8 1.3.9 1.3.10 1.3.11 1.4.1 1.4.2
  1.4.3 1.5.2 2.1.2 2.1.3 2.2.3 2.3.2 2.3.3 2.3.4 2.4.1 3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4
  3.5.5 3.7.1 3.7.2 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.3 4.4.4 5.1.1 5.2.3 5.4.1 5.4.2 5.4.3 6.1.2
  6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3
  6.8.1 6.8.2 6.8.3 6.8.4 7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 8.1.2
  8.2.3 8.4.1 9.2.2 9.2.3 9.2.4 10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7
  10.4.8 10.4.9 10.4.10 10.4.11 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3
  11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1 12.1.2 12.1.3 12.3.1 12.3.2
  12.3.3 12.3.4 13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.2 13.4.3 13.4.4 13.4.5 14.1.1
  14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3 15.1.2 15.1.3 15.2.2 15.2.3 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6
  15.3.7 16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1
  16.5.2 16.5.3 17.1.1 17.2.1 17.2.2 17.2.3 17.2.4 17.3.1 17.3.2
`;
const wordsOf = (text: string): string[] => text.trim().split(/\s+/);
const LEVELS: [string, string][] = [
  ...wordsOf(LEVEL_1).map((id): [string, string] => [id, '1']),
  ...wordsOf(LEVEL_2).map((id): [string, string] => [id, '2']),
];
const STATUSES = ['met', 'operator', 'not applicable', 'not met'] as const;

interface Row {
  id: string;
  level: string;
  asks: string;
  status: string;
  how: string;
  tests: { file: string; title: string }[];
}

const FOLDER = join(PROJECT_ROOT, 'docs/security');
const text = readFileSync(join(FOLDER, 'asvs.md'), 'utf8');
const lines = text.split('\n').filter((line) => line.startsWith('|'));
const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const rows: Row[] = lines
  .map(cellsOf)
  .filter(([id]) => /^\d+\.\d+\.\d+$/.test(id ?? ''))
  .map(([id = '', level = '', asks = '', status = '', how = '', tests = '']) => ({
    id,
    level,
    asks,
    status,
    how,
    tests: [...tests.matchAll(/`(\S+) › ([^`]+)`/g)].map(([, file = '', title = '']) => ({ file, title })),
  }));

/** The titles of the tests in a source, as they stand there: those of `it.each` with their placeholders. */
function titlesIn(source: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    const [title] = ts.isCallExpression(node) ? node.arguments : [];
    if (ts.isCallExpression(node) && title !== undefined && /^(?:it|test)\b/.test(node.expression.getText()))
      if (ts.isStringLiteralLike(title)) titles.push(title.text);
      else if (ts.isTemplateExpression(title)) titles.push(title.getText().slice(1, -1));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true));
  return titles;
}

const known = new Map<string, string[]>();
function titlesOf(file: string): string[] {
  const path = join(PROJECT_ROOT, file);
  if (!known.has(file)) known.set(file, existsSync(path) ? titlesIn(readFileSync(path, 'utf8')) : []);
  return known.get(file) as string[];
}

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isThere(link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? join(FOLDER, 'asvs.md') : join(FOLDER, file);
  return existsSync(path) && (anchor === undefined || anchorsOf(path).includes(anchor));
}

const linksIn = (markdown: string): string[] =>
  [...markdown.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !link.includes('://'));

const sorted = (pairs: string[][]): string[] => pairs.map((pair) => pair.join(' ')).toSorted();
const countsOf = (of: Row[]): string[] =>
  [...STATUSES.map((status) => of.filter((row) => row.status === status).length), of.length].map(String);

describe('the table of ASVS', () => {
  it('has every requirement of level 1 and 2 once, with its level', () => {
    expect(LEVELS).toHaveLength(253);
    expect(sorted(rows.map(({ id, level }) => [id, level]))).toEqual(sorted(LEVELS));
  });

  it('has a status, what is asked for, and how or why not in every row', () => {
    const incomplete = rows.filter(
      ({ status, asks, how }) =>
        !(STATUSES as readonly string[]).includes(status) || asks.length < 4 || how.length < 4,
    );
    expect(incomplete).toEqual([]);
  });

  it('says of the operator’s duties where they are written', () => {
    const duties = rows.filter(({ status }) => status === 'operator');
    expect(duties.filter(({ how }) => linksIn(how).length === 0)).toEqual([]);
  });

  it('names tests of what is met, and of nothing else', () => {
    const wrong = rows.filter(({ status, tests }) => (status === 'met') !== tests.length > 0);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('names tests that are there', () => {
    const missing = rows.flatMap(({ id, tests }) =>
      tests
        .filter(({ file, title }) => !titlesOf(file).some((each) => each.includes(title)))
        .map(({ file, title }) => `${id}: ${file} › ${title}`),
    );
    expect(missing).toEqual([]);
  });

  it('has links that lead to documents and headings that are there', () => {
    const links = rows.flatMap(({ how }) => linksIn(how));
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !isThere(link))).toEqual([]);
    const documents = ['data.md', 'cryptography.md', 'authentication.md'];
    const others = documents.flatMap((file) => linksIn(readFileSync(join(FOLDER, file), 'utf8')));
    expect(others.filter((link) => !isThere(link))).toEqual([]);
  });

  it('counts right', () => {
    const summary = lines
      .map(cellsOf)
      .filter(([name, ...rest]) => rest.length === 5 && /^(?:\d+ |all$)/.test(name ?? ''));
    expect(summary).toHaveLength(18);
    for (const [name = '', ...counts] of summary) {
      const chapter = /^\d+/.exec(name)?.[0];
      const of = rows.filter(({ id }) => chapter === undefined || id.startsWith(`${chapter}.`));
      expect([name, ...counts]).toEqual([name, ...countsOf(of)]);
    }
  });
});

describe('the titles of tests', () => {
  it('are found in every form', () => {
    const source =
      "it('a', f); it.each([1])('b %s', f); it.skipIf(x)(\n  'c', f); it(`d ${1} e`, f); other('x'); describe('y', f)";
    expect(titlesIn(source)).toEqual(['a', 'b %s', 'c', 'd ${1} e']);
  });
});
