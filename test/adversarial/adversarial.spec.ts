import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { LocalClassifiers } from '../../src/modules/compliance/classifiers/index.js';
import {
  compilePolicies,
  evaluate,
  loadPolicies,
  MAX_TEXT_LENGTH,
  mayPass,
  type CompiledPolicies,
  type Evaluation,
} from '../../src/modules/compliance/index.js';
import { parsePolicy } from '../../src/modules/compliance/policy/policy.loader.js';
import { judgedPieces } from '../../src/modules/compliance/elsewhere/judged-text.js';
import type { Opinion } from '../../src/modules/compliance/guard/seconded-classifier.js';
import { SCORE_HEADS } from '../../src/modules/compliance/guard/text-classifier.js';
import { DISGUISES, MESSAGES_TO_JUDGES } from './disguises.js';
import { fuzz, LONG_TEXTS, slowdown } from './long-texts.js';

/** `npm run adversarial` goes on for longer, and from another seed where one is given. */
const ROUNDS = Number(process.env['ADVERSARIAL_ROUNDS'] ?? 2);

vi.setConfig({ testTimeout: 60_000 + ROUNDS * 3_000 });
const SEED = process.env['ADVERSARIAL_SEED'] ?? '20261121';

/** Of what is built to be slow, most takes up to 20 times as long as prose, groups of digits some 60; what is quadratic takes thousands. */
const MOST_SLOWDOWN = 200;

const policies = loadPolicies(join(PROJECT_ROOT, 'policies'));
const compiled = compilePolicies(policies, { classifier: new LocalClassifiers() });
const judge = (text: string, by: CompiledPolicies = compiled): Evaluation =>
  evaluate([{ field: 'text', text }], by);
const drawing = (name: string): RandomStream => new RandomStream(keyFromText(`${SEED}:${name}`), 0);

/** Whether an example is written plainly, not in a disguise of its own. */
const isPlain = (text: string): boolean =>
  /^[\p{L} ,.!?'’¡¿]+$/u.test(text) && !/(?:^| )\p{L} \p{L} \p{L}(?: |$)|(\p{L})\1\1|\p{L}!\p{L}/u.test(text);

/** What the shipped policies say must be stopped, in words. */
const HOSTILE = policies
  .flatMap(({ rules }) =>
    rules.filter(({ terms, condition }) => terms !== undefined && condition === undefined),
  )
  .flatMap(({ tests }) => tests.matches.filter((example) => typeof example === 'string'))
  .filter((text) => isPlain(text) && !mayPass(judge(text).action));

/** Disguises of letters alone: any two of them can be worn together. */
const LAYERS = [
  'mixed case',
  'mixed scripts',
  'invisible characters',
  'marks of direction',
  'piled-up marks',
];

describe('what the policies stop', () => {
  it('is a good part of what they have for examples', () => {
    expect(HOSTILE.length).toBeGreaterThan(80);
  });

  it.each(Object.entries(DISGUISES))('does not pass in %s', (name, disguise) => {
    const draw = drawing(name);
    const passed = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const text of HOSTILE) {
        const written = disguise(text, draw);
        if (mayPass(judge(written).action)) passed.add(`${text}: ${written}`);
      }
    }
    expect([...passed]).toEqual([]);
  });

  it('does not pass in several at once', () => {
    const draw = drawing('several');
    const passed: string[] = [];
    for (const text of Array.from({ length: ROUNDS }, () => HOSTILE).flat()) {
      let written = DISGUISES['nested quotes']?.(text, draw) ?? '';
      for (const layer of LAYERS) if (draw.below(2) === 0) written = DISGUISES[layer]?.(written, draw) ?? '';
      if (mayPass(judge(written).action)) passed.push(written);
    }
    expect(passed).toEqual([]);
  });

  it('does not pass at the end of a text that is as long as can be, nor beyond it', () => {
    const [text = ''] = HOSTILE;
    const filler = 'A wall of colour. ';
    const before = filler.repeat(MAX_TEXT_LENGTH / filler.length - 10);
    expect(mayPass(judge(before).action)).toBe(true);
    expect(mayPass(judge(before + text).action)).toBe(false);
    expect(judge(filler.repeat(2 ** 16)).action).toBe('review');
    expect(judge(filler.repeat(2 ** 16) + text).matches.map(({ rule }) => rule)).toContain('text-too-long');
  });
});

describe('a judge that does what texts tell it', () => {
  const nothing = Object.fromEntries(SCORE_HEADS.map((head) => [head, 0]));
  const opinions: Opinion[] = [{ source: 'judge', model: 'obedient', problem: null, scores: [nothing] }];

  it('lets nothing pass that would not pass without it', () => {
    const draw = drawing('obedient');
    const passed: string[] = [];
    for (const text of Array.from({ length: ROUNDS }, () => HOSTILE).flat()) {
      const written = DISGUISES['a message to the judge']?.(text, draw) ?? '';
      const seconded = evaluate([{ field: 'text', text: written }], compiled, { opinions });
      if (mayPass(seconded.action)) passed.push(written);
      expect(seconded.matches).toEqual(judge(written).matches);
    }
    expect(passed).toEqual([]);
  });

  it('is shown every attack as data: nothing that ends the text, and nothing that steers a chat', () => {
    const [violation = ''] = HOSTILE;
    for (const [before, after] of MESSAGES_TO_JUDGES) {
      for (const long of ['', 'A wall of colour. '.repeat(5_000)]) {
        const pieces = judgedPieces(`${before}${long}${violation}${after}`);
        for (const { text, marker } of pieces) {
          expect(text).not.toContain(marker);
          expect(text).not.toMatch(/[<>[\]]|(?!\n)[\p{Cc}\p{Cf}]/u);
          expect(text.length).toBeLessThanOrEqual(2_000);
        }
        expect(pieces.some(({ text }) => text.includes(violation))).toBe(true);
      }
    }
  });
});

describe('what is harmless', () => {
  it.each([
    ['a flag of a region', 'Murals in 🏴󠁧󠁢󠁳󠁣󠁴󠁿 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
    ['families and flags', '👩‍👩‍👧‍👦 🏳️‍🌈 ✊🏽 🇲🇽'.repeat(40)],
    ['Hebrew and Arabic', 'שלום לכולם, \u2067مرحبا بالجميع\u2069 \u200fthe wall\u200e'],
    ['numbers', 'Open 9-5, 411 people came in 2026, 45 murals, 1 band @ 7pm'],
    ['abbreviations', 'e.g. the U.S.A. or a b c d'],
    ['an ideograph of its own shape', '葛\u{e0100}飾区'],
  ])('passes: %s', (_what, text) => {
    expect(judge(text)).toMatchObject({ action: 'allow', matches: [] });
  });
});

describe('any text', () => {
  it('is read without an error, twice the same, and matches lie within it', () => {
    const draw = drawing('fuzz');
    for (let round = 0; round < ROUNDS * 200; round += 1) {
      const text = fuzz(draw);
      const evaluation = judge(text);
      expect(judge(text)).toEqual(evaluation);
      for (const { start, end, title } of evaluation.matches) {
        expect(start >= 0 && start <= end && end <= text.length).toBe(true);
        expect(title).not.toContain('could not be');
      }
    }
  });

  it.each(Object.entries(LONG_TEXTS))('%s: takes a time in proportion to that of prose', (_name, unit) => {
    expect(slowdown((text) => judge(text), unit, MAX_TEXT_LENGTH)).toBeLessThan(MOST_SLOWDOWN);
  });

  it.each(Object.entries(LONG_TEXTS))(
    'a megabyte of %s goes to review, as fast as what is read of it',
    (_name, unit) => {
      const text = unit.repeat(Math.ceil(2 ** 20 / unit.length));
      expect(mayPass(judge(text).action)).toBe(false);
      expect(slowdown((given) => judge(given), unit, 2 ** 20)).toBeLessThan(MOST_SLOWDOWN);
    },
  );
});

/** A policy with one rule of one pattern, whatever its examples say. */
const policyOf = (pattern: string): CompiledPolicies =>
  compilePolicies([
    parsePolicy(
      `id: slow
version: 1.0.0
title: Slow
description: Slow
languages: [en]
rules:
  - id: slow
    title: Slow
    severity: low
    action: block
    patterns: ['${pattern}']
    tests: { matches: [a], passes: [b] }
`,
      'slow.yaml',
    ),
  ]);

describe('patterns that would hang a backtracking engine', () => {
  const PATTERNS = [
    '(a+)+b',
    '(a|a)*b',
    '(a|aa)+b',
    '(.*a){12}b',
    '([a-z]+)*1',
    '(x+x+)+y',
    '(?:a?){20}a{20}b',
    '(?:[^,]*,)*;',
  ];
  it.each(PATTERNS)('%s takes a time in proportion to the text', (pattern) => {
    const by = policyOf(pattern);
    for (const unit of ['a', 'x', 'a,', 'ax'])
      expect(slowdown((text) => judge(text, by), unit, MAX_TEXT_LENGTH)).toBeLessThan(300);
  });

  it.each(PATTERNS)('%s has less than a second for any text', (pattern) => {
    const by = policyOf(pattern);
    for (const unit of ['a', 'x', 'a,', 'ax']) {
      const started = process.cpuUsage();
      judge(unit.repeat(MAX_TEXT_LENGTH / unit.length), by);
      const { user, system } = process.cpuUsage(started);
      expect((user + system) / 1e6).toBeLessThan(2);
    }
  });
});
