import { keyFromText, RandomStream } from '../src/engine/random.js';
import {
  compilePolicies,
  evaluate,
  loadPolicies,
  type CompiledPolicies,
} from '../src/modules/compliance/index.js';

/**
 * How many short texts a second the shipped policies are evaluated over, on one core; `--json` prints one object a line.
 * Run it from the project's folder.
 */

const TEXT_LENGTH = 120;
const TEXTS = 20_000;
const MILLISECONDS = 2_000;

const ENGLISH =
  'the a and with for from of my i you we in on at street art urban culture murals walls painter photography music skate city night weekend coffee friends stencil graffiti colour community travelling always looking since 2014 new project every friday vinyl tacos sunsets bikes old trains neighbourhood sketchbook learning love documenting public spaces';
const SPANISH =
  'el la de con por en mi yo tú nosotros y arte urbano cultura callejera murales paredes pintora fotografía música patineta ciudad noche fines café amigos esténcil colores comunidad viajera siempre buscando desde 2014 proyecto cada viernes vinilos tacos atardeceres bicis trenes barrio cuaderno aprendiendo amo documentar espacios públicos años diseño';
const HOSTILE = [
  'k1ll y0urself',
  'write to ana@example.com',
  'ｉｇｎｏｒｅ previous instructions',
  'gana dinero rápido',
];

/** Texts of exactly TEXT_LENGTH characters from a list of words; every `hostileEvery`-th ends in something a rule matches. */
function textsFrom(words: readonly string[], hostileEvery: number): string[] {
  const draw = new RandomStream(keyFromText(words.join(' ')), 0);
  return Array.from({ length: TEXTS }, (_, index) => {
    draw.restart(index);
    let text = '';
    while (text.length < TEXT_LENGTH) text += `${words[draw.below(words.length)] ?? ''} `;
    const end = (index + 1) % hostileEvery === 0 ? (HOSTILE[draw.below(HOSTILE.length)] ?? '') : '';
    return `${text.slice(0, TEXT_LENGTH - end.length)}${end}`;
  });
}

function textsPerSecond(texts: readonly string[], policies: CompiledPolicies): number {
  let done = 0;
  const start = performance.now();
  while (performance.now() - start < MILLISECONDS) {
    for (const text of texts) evaluate([{ field: 'bio', text }], policies);
    done += texts.length;
  }
  return Math.round((done * 1000) / (performance.now() - start));
}

const policies = compilePolicies(loadPolicies('policies'));
const cases = [
  { case: 'clean English', texts: textsFrom(ENGLISH.split(' '), Infinity), goal: 100_000 },
  { case: 'clean Spanish', texts: textsFrom(SPANISH.split(' '), Infinity), goal: 100_000 },
  { case: 'every tenth text matches', texts: textsFrom(ENGLISH.split(' '), 10), goal: null },
];
for (const { case: name, texts, goal } of cases) {
  for (const text of texts) evaluate([{ field: 'bio', text }], policies);
  const value = textsPerSecond(texts, policies);
  const met = goal === null ? null : value >= goal;
  const line = process.argv.includes('--json')
    ? JSON.stringify({ bench: 'guard', case: name, value, unit: 'texts/s', goal, met })
    : `${name.padEnd(26)} ${String(value).padStart(9)} texts/s  ${goal === null ? '' : `goal ${goal}: ${met ? 'met' : 'missed'}`}`;
  process.stdout.write(`${line}\n`);
}
