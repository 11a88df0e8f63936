import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomStream } from '../../src/engine/random.js';
import { SCENARIOS } from '../../src/modules/simulation/scenarios/scenario.loader.js';

/** The texts that mutations begin with. */
export const ORIGINALS: readonly string[] = readdirSync(SCENARIOS.folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(SCENARIOS.folder, name), 'utf8'));

const LINES = ORIGINALS.flatMap((text) => text.split('\n').filter((line) => line.trim() !== ''));
const KEYS = [...new Set(LINES.flatMap((line) => /^[\s-]*([a-z_]+):/u.exec(line)?.[1] ?? []))];

/** What stands where something else should. */
const WORDS =
  '-1 0 1 0.5 2 7 1e308 -0.0 .nan .inf 99999999999999999999 0x10 1_000 null ~ true no "" "a" [] {} [[[]]] 2026-13-45 *anchor ' +
  '"\\0" "\\ud800" { | feedsim random chronological label none __proto__ constructor toString ☃ \u202E';
const VALUES = [
  ...WORDS.split(' '),
  '{a: 1}',
  '[1, 2]',
  '- x',
  '&anchor 1',
  '!!binary aGk=',
  '!unknown x',
  '<<: *a',
  "'unclosed",
  'x'.repeat(5_000),
  '9'.repeat(400),
];
const SIGNS = Array.from(':-#&*!|>\'"%@`{}[],?\t \n\u0000\u0085\uFEFF\u2028\uD800a1');

type Mutation = (lines: string[], stream: RandomStream) => void;

const pick = <T>(list: readonly T[], stream: RandomStream): T => list[stream.below(list.length)] as T;
const place = (lines: readonly string[], stream: RandomStream): number =>
  stream.below(Math.max(lines.length, 1));

function moveNumber(lines: string[], stream: RandomStream): void {
  const numbered = lines.flatMap((line, at) => (/: .*\d/u.test(line) ? [at] : []));
  const at = pick(numbered, stream);
  if (at === undefined) return;
  lines[at] = (lines[at] ?? '').replace(/(?<=: .*?)\d+(?:\.\d+)?/u, (number) =>
    String(Math.round(Number(number) * pick([0, 0.5, 0.9, 1.1, 2, 10], stream) * 1000) / 1000),
  );
}

const MUTATIONS: readonly Mutation[] = [
  (lines, stream) => lines.splice(place(lines, stream), 1 + stream.below(4)),
  (lines, stream) => {
    const at = place(lines, stream);
    lines.splice(at, 0, lines[at] ?? '');
  },
  (lines, stream) => {
    const [a, b] = [place(lines, stream), place(lines, stream)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  },
  (lines, stream) => {
    const at = place(lines, stream);
    lines[at] = ' '.repeat(stream.below(6)) + (lines[at] ?? '').trimStart();
  },
  (lines, stream) => lines.splice(place(lines, stream), 0, pick(LINES, stream)),
  (lines, stream) => {
    const at = place(lines, stream);
    lines[at] = (lines[at] ?? '').replace(/[a-z_]+(?=:)/u, () => pick(KEYS, stream));
  },
  (lines, stream) => {
    const at = place(lines, stream);
    const line = lines[at] ?? '';
    const sign = stream.below(line.length + 1);
    lines[at] = line.slice(0, sign) + pick(SIGNS, stream) + line.slice(sign + stream.below(3));
  },
  (lines, stream) => {
    const at = place(lines, stream);
    lines[at] = (lines[at] ?? '').replace(/: .*$/u, () => `: ${pick(VALUES, stream)}`);
  },
  // So that many are scenarios still.
  ...Array.from<Mutation>({ length: 6 }).fill(moveNumber),
];

/** A shipped scenario with one to four mistakes or changes in it: a function of the stream alone. */
export function mutatedScenario(stream: RandomStream): string {
  const lines = pick(ORIGINALS, stream).split('\n');
  const changes = 1 + stream.below(4);
  for (let n = 0; n < changes; n += 1) pick(MUTATIONS, stream)(lines, stream);
  return lines.join('\n');
}
