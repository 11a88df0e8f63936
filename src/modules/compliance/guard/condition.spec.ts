import { describe, expect, it } from 'vitest';
import { ConditionLanguage } from './condition-language.js';
import { Condition, MAX_CONDITION_STEPS } from './condition.js';

const language = new ConditionLanguage(['slurs', 'threat_words']);
const compile = (source: string): Condition => Condition.compile(source, language);

describe('a condition', () => {
  it.each([
    ['scores.hate >= 0.8'],
    ['scores.self_harm > 0.5 && lexicon.threat_words >= 2'],
    ['pii.email + pii.phone > 0'],
    ['links.exists(link, link.endsWith(".xyz")) || size(hashtags) > 10'],
    ['mentions.filter(name, name.startsWith("a")).size() > 2'],
    ['language in ["en", "es"] && length > 280'],
    ['platform.max_length > 0 && length > platform.max_length'],
    ['!platform.disclosed && platform.requires_disclosure'],
    ['double(history.blocked) / double(history.decisions) > 0.5'],
    ['rate.last_minute > 20 ? agent.age_days < 2 : campaign.name == "x"'],
  ])('may be %s', (source) => {
    expect(compile(source).steps).toBeGreaterThan(0);
  });

  it.each([
    ['scores.nope > 0.1', 'No such key: nope at character 8'],
    ['scores.constructor == null', 'No such key: constructor'],
    ['scores.__proto__ == null', 'No such key: __proto__'],
    ['lexicon.unknown > 0', 'No such key: unknown'],
    ['agent.secret == ""', 'No such key: secret'],
    ['history.decisions > "many"', 'no such overload'],
    ['process.exit() == 1', 'Unknown variable: process'],
    ['links.constructor("return 1")() == 1', 'Unexpected character'],
    ['length', 'it is of type int, expected bool'],
    ['language.matches("(a+)+$")', 'matches() has no place in a condition at character 1'],
    ['cel.bind(x, language, x == language)', 'maxCallArguments'],
    ['links.map(l, l + l).size() > 1', 'map() has no place in a condition'],
    ['timestamp("2026-01-01T00:00:00Z") > timestamp("2025-01-01T00:00:00Z")', 'timestamp() has no place'],
    ['dyn(length) == 1', 'dyn() has no place'],
    ['links[0] == "a"', '[] has no place in a condition'],
    ['links.exists(a, links.exists(b, a == b))', 'exists() may not stand within another at character 17'],
    ['links.all(a, mentions.filter(b, a == b).size() == 0)', 'filter() may not stand within another'],
    [`length > 0${' && length > 0'.repeat(80)}`, 'maxAstNodes'],
    [`${'('.repeat(40)}true${')'.repeat(40)}`, 'maxDepth'],
    [`links.exists(l, l in [${Array.from({ length: 50 }, () => '"a"').join()}])`, 'at most 5000'],
  ])('may not be %s', (source, message) => {
    expect(() => compile(source)).toThrow(message);
  });

  it('says what it reads', () => {
    const condition = compile(
      '(scores.hate > 0.5 || scores.spam > 0.9) && lexicon.slurs > 0 && pii.card == 0',
    );
    expect(condition).toMatchObject({ heads: ['hate', 'spam'], lexicon: ['slurs'], readsPii: true });
    expect(compile('length > 3')).toMatchObject({ heads: [], lexicon: [], readsPii: false });
  });

  it('takes no longer than its steps allow, on the most that a text can give', () => {
    const source = `links.exists(l, ${Array.from({ length: 18 }, (_, at) => `l.contains("${at}ab")`).join(' || ')})`;
    const condition = compile(source);
    expect(condition.steps).toBeGreaterThan(MAX_CONDITION_STEPS / 2);
    const links = Array.from({ length: 50 }, () => 'a'.repeat(100));
    const started = performance.now();
    for (let round = 0; round < 100; round += 1) expect(condition.holds({ links })).toBe(false);
    // Some 0.3 ms each; the bound is for a machine that has much else to do.
    expect((performance.now() - started) / 100).toBeLessThan(5);
  });
});
