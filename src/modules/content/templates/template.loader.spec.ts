import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocumentError, DocumentReader } from '../../../core/documents/index.js';
import { TONES } from '../../agents/index.js';
import { parseTemplate, TEMPLATES } from './template.loader.js';
import { templateJsonSchema } from './template.schema.js';

const MINIMAL = `id: hello
version: 1.2.3
title: Hello
description: A greeting.
default_language: en
variables: [agent.city]
languages:
  en:
    phrases:
      opening: [Hi, Hello, Hey, Good day]
      place: ['in {{ agent.city }}', 'around {{ agent.city }}']
    caption: '{{ opening }} {{ place }}'
    alt_text: "A city"
    hashtags: ['{{ agent.city }}']
    variations: { count: 2 }
`;

/** The lines of the error that a changed document gives. */
function refusal(from: string | RegExp, to: string): string[] {
  const text = MINIMAL.replace(from, to);
  expect(text).not.toBe(MINIMAL);
  try {
    parseTemplate(text, 'hello.yaml');
  } catch (error) {
    if (error instanceof DocumentError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('parseTemplate', () => {
  it('compiles a template with its alternatives by tone', () => {
    const template = parseTemplate(MINIMAL, 'hello.yaml');
    expect(template).toMatchObject({
      id: 'hello',
      version: '1.2.3',
      defaultLanguage: 'en',
      variables: ['agent.city'],
    });
    expect(template.digest).toMatch(/^[0-9a-f]{16}$/);
    const english = template.languages.get('en');
    expect(english?.variationCount).toBe(2);
    for (const tone of TONES) expect(english?.phrases.get('opening')?.[tone]).toHaveLength(4);
    expect(english?.caption.formal[0]?.phrases).toEqual(['opening', 'place']);
  });

  it('takes an integer as version', () => {
    expect(parseTemplate(MINIMAL.replace('1.2.3', '7'), 'hello.yaml').version).toBe('7');
  });

  it('has another digest after any edit', () => {
    const edited = parseTemplate(MINIMAL.replace('Good day', 'Good evening'), 'hello.yaml');
    expect(edited.digest).not.toBe(parseTemplate(MINIMAL, 'hello.yaml').digest);
  });

  it.each<[string, string | RegExp, string, string | RegExp]>([
    ['an unknown field', 'title:', 'colour: red\ntitle:', /^hello\.yaml:3:\d+: colour: /],
    [
      'a number with a fraction as version',
      '1.2.3',
      '1.5',
      /^hello\.yaml:2:10: version: expected a version such as 1\.0\.0/,
    ],
    ['an id with capitals', 'id: hello', 'id: Hello', /^hello\.yaml:1:5: id: an id is 1 to 64/],
    [
      'a missing default language',
      'default_language: en',
      'default_language: es',
      'hello.yaml:5:19: default_language: languages has no es; it must be one of those below',
    ],
    [
      'an undeclared variable',
      '"A city"',
      '"{{ agent.bio }}"',
      'hello.yaml:13:15: languages.en.alt_text: agent.bio is not declared; add it to variables',
    ],
    [
      'an unknown variable',
      '"A city"',
      '"{{ agent.mood }}"',
      /^hello\.yaml:13:15: languages\.en\.alt_text: unknown variable agent\.mood; known are agent\.name, /,
    ],
    ['the agent as a whole', '"A city"', '"{{ agent }}"', /unknown variable agent;/],
    [
      'a variable path',
      '"A city"',
      '"{{ agent[opening] }}"',
      /languages\.en\.alt_text: agent\[…\] is looked up by a variable/,
    ],
    [
      'a prototype',
      '"A city"',
      '"{{ opening.constructor }}"',
      /opening\.constructor: a phrase is a text and has no fields/,
    ],
    [
      'an unused variable',
      '[agent.city]',
      '[agent.city, agent.bio]',
      'hello.yaml:6:25: variables[1]: no text reads agent.bio',
    ],
    [
      'an unused phrase',
      "'{{ opening }} {{ place }}'",
      "'{{ opening }} {{ agent.city }}'",
      'hello.yaml:11:14: languages.en.phrases.place: no text reads this phrase',
    ],
    [
      'a phrase from below',
      '[Hi, Hello,',
      "['{{ place }}', Hello,",
      'hello.yaml:10:17: languages.en.phrases.opening[0]: the phrase place is not above this text',
    ],
    [
      'a phrase with a taken name',
      /place/g,
      'interest',
      /languages\.en\.phrases\.interest: the name interest is taken/,
    ],
    [
      'a tone without text',
      '[Hi, Hello, Hey, Good day]',
      '[{ text: Hi, tones: [casual, formal] }]',
      /languages\.en\.phrases\.opening: there is no text for the tone enthusiastic, sarcastic, informative/,
    ],
    [
      'an unknown tone',
      '[Hi,',
      '[{ text: Hi, tones: [loud] },',
      /languages\.en\.phrases\.opening\[0\]: expected a Liquid text, or \{text, tones\} with tones among casual/,
    ],
    [
      'an unknown filter',
      '"A city"',
      '"{{ opening | date }}"',
      /languages\.en\.alt_text: undefined filter: date; allowed are append/,
    ],
    [
      'a forbidden tag',
      '"A city"',
      '"{% include \\"x\\" %}"',
      /languages\.en\.alt_text: tag "include" not found; allowed are #/,
    ],
    [
      'a wrong argument',
      '"A city"',
      '"{{ opening | append }}"',
      /languages\.en\.alt_text: append expect 2 arguments/,
    ],
    [
      'a variable assigned in one branch only',
      '"A city"',
      '"{% if opening == \\"x\\" %}{% assign y = 1 %}{% endif %}{{ y }}"',
      /undefined variable: y/,
    ],
    ['no variation', '{ count: 2 }', '{ count: 0 }', /languages\.en\.variations/],
    ['too many variations', '{ count: 2 }', '[a, b, c, d, e, f]', /languages\.en\.variations/],
  ])('refuses %s, with its line', (_what, from, to, said) => {
    const lines = refusal(from, to);
    expect(lines[0]).toMatch(said);
  });

  it('names everything that is wrong at once', () => {
    const lines = refusal(
      "['in {{ agent.city }}', 'around {{ agent.city }}']",
      "['{{ nowhere }}', '{{ nothing | upcase }}', '{% for %}']",
    );
    expect(lines).toHaveLength(3);
  });
});

describe('the folder of templates', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'templates-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const reader = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return new DocumentReader({ ...TEMPLATES, folder });
  };

  it('is read by its YAML files', () => {
    const templates = reader({
      'hello.yaml': MINIMAL,
      'bye.yaml': MINIMAL.replace('id: hello', 'id: bye'),
      'README.md': 'no',
    });
    expect(templates.shipped().map(({ name, version, origin }) => [name, version, origin])).toEqual([
      ['bye', '1.2.3', 'shipped'],
      ['hello', '1.2.3', 'shipped'],
    ]);
    for (const name of ['nowhere', '../templates/hello', 'hello.yaml', '', 'x'.repeat(500)])
      expect(templates.shippedAs(name)).toBeUndefined();
  });

  it('counts an edit at once', () => {
    const templates = reader({ 'hello.yaml': MINIMAL });
    expect(templates.shippedAs('hello')?.version).toBe('1.2.3');
    writeFileSync(join(folder, 'hello.yaml'), MINIMAL.replace('1.2.3', '1.2.4'));
    expect(templates.shippedAs('hello')?.version).toBe('1.2.4');
  });

  it('may not have a template in the file of another name', () => {
    expect(() => reader({ 'other.yaml': MINIMAL }).shipped()).toThrow(
      'id: is other, like the name of the file',
    );
  });

  it('of the product has no mistakes', () => {
    const template = new DocumentReader(TEMPLATES).shippedAs('street_art_campaign')?.value;
    expect([...(template?.languages.keys() ?? [])]).toEqual(['en', 'es']);
  });
});

describe('the published JSON Schema', () => {
  it('is the one of the code; `vitest run -u` writes it anew', async () => {
    const text = `${JSON.stringify(templateJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../../docs/schemas/template.schema.json');
  });
});
