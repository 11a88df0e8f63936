import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';

/** Longer than any field; a pattern that takes quadratic time over it takes seconds. */
const LENGTH = 30_000;
const PATIENCE_MS = 400;
/** A busy machine can be late once. */
const ATTEMPTS = 3;
/** How many of the characters of a pattern are tried in pairs. */
const PAIRED = 12;

/** Patterns that meet short texts alone: `file pattern` → why. An entry that is fast after all fails the test. */
const SHORT_TEXTS: Readonly<Record<string, string>> = {
  [String.raw`src/modules/simulation/report/chart-renderer.ts [ \t]*\n[ \t]*`]:
    'a chart as it was drawn here',
  [String.raw`src/modules/simulation/report/report-format.ts \B(?=(\d{3})+$)`]: 'the digits of a number',
};

interface Pattern {
  where: string;
  source: string;
  flags: string;
}

/** Every regular expression that stands in a source. */
function patternsOf(file: string): Pattern[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(PROJECT_ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ where: file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every `pattern` of the API's document. */
function documented(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as { pattern?: unknown }).pattern;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(node).flatMap(documented)];
}

/** Long texts that a pattern nearly fits: what it is made of, over and over, and an end that it does not expect. */
function adversarial(source: string): string[] {
  const literal = [...new Set(source.replaceAll(/\\[a-zA-Z]|[[\](){}*+?^$|\\]/g, ''))];
  const units = [...new Set([...literal, ...Array.from('aA0 -._\n\t"\'=,/:{}ñ')])];
  const [first = '', ...others] = units.slice(0, PAIRED);
  const pairs = others.flatMap((one, at) => [
    first + one,
    one + (others[at + 1] ?? first),
    `a${one}`,
    `1${one}`,
  ]);
  return [...units, ...pairs].map((unit) => `a${unit.repeat(LENGTH / unit.length)}\u0001`);
}

/** Making a context takes longer than most matches: all share one. */
const place: { expression?: RegExp; texts?: readonly string[] } = {};
createContext(place);
const match = new Script('for (const text of texts) text.replace(expression, "")');

/** Whether a pattern looks at all these texts in the time of one; V8 ends a match that takes longer. */
function isInTime(expression: RegExp, texts: readonly string[]): boolean {
  try {
    Object.assign(place, { expression, texts });
    match.runInContext(place, { timeout: PATIENCE_MS });
    return true;
  } catch {
    return false;
  }
}

function isFast({ source, flags }: Pattern): boolean {
  const expression = new RegExp(source, flags.replace('y', ''));
  const texts = adversarial(source);
  // Together, as most of them are; else each has the whole time.
  return (
    isInTime(expression, texts) ||
    texts.every((text) => Array.from({ length: ATTEMPTS }).some(() => isInTime(expression, [text])))
  );
}

const inSources = globSync('src/**/*.ts', { cwd: PROJECT_ROOT })
  .filter((file) => !file.endsWith('.spec.ts'))
  .flatMap(patternsOf);
const document: unknown = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs', 'openapi.json'), 'utf8'));
const inDocument = [...new Set(documented(document))].map((source) => ({
  where: 'docs/openapi.json',
  source,
  flags: 'u',
}));
const nameOf = ({ where, source }: Pattern): string => `${where} ${source}`;

describe('no pattern takes long, whatever it looks at', { timeout: 600_000 }, () => {
  it('is noticed when one does', () => {
    for (const source of ['^(a+)+$', '^(?:a|a)*$', 'a*a*$', String.raw`\s+$`])
      expect(isFast({ where: '', source, flags: '' }), `/${source}/`).toBe(false);
  });

  it('in the document of the API', () => {
    expect(inDocument.length).toBeGreaterThan(10);
    expect(inDocument.filter((pattern) => !isFast(pattern)).map(nameOf)).toEqual([]);
  });

  it('in the sources', () => {
    expect(inSources.length).toBeGreaterThan(100);
    const slow = inSources.filter((pattern) => !isFast(pattern)).map(nameOf);
    expect(slow.filter((name) => !Object.hasOwn(SHORT_TEXTS, name))).toEqual([]);
  });

  it('but on what is short by its nature, and is still there', () => {
    const names = new Set(inSources.map(nameOf));
    expect(Object.keys(SHORT_TEXTS).filter((name) => !names.has(name))).toEqual([]);
  });
});
