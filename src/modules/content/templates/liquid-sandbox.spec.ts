import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import { describe, expect, it } from 'vitest';
import { ContentError } from '../content.errors.js';
import { ALLOWED_FILTERS, ALLOWED_TAGS, LiquidSandbox, LiquidSourceError } from './liquid-sandbox.js';
import { emptyScope } from './variables.js';

function builtIn(names: readonly string[], registry: object): string[] {
  return names.filter((name) => name in registry);
}

const sandbox = new LiquidSandbox('en');

function render(source: string, values: Record<string, unknown> = {}): string {
  return sandbox.compile(source).render(Object.assign(emptyScope(), values));
}

describe('LiquidSandbox', () => {
  it('renders variables, conditions and filters', () => {
    const agent = { city: 'Oaxaca', tone: 'casual', interests: ['art', 'music'] };
    expect(render('{{ agent.city | upcase }}: {{ agent.interests | join: ", " }}', { agent })).toBe(
      'OAXACA: art, music',
    );
    expect(render('{% if agent.tone == "casual" %}hey{% else %}hello{% endif %}', { agent })).toBe('hey');
    expect(render('{{ "see you" | sentence: agent.tone }}', { agent: { tone: 'enthusiastic' } })).toBe(
      'See you!',
    );
  });

  it('tells what a text reads', () => {
    const source =
      '{% assign x = agent.city %}{{ x }} {{ agent.interests[0] }} {{ interest | append: scene }}';
    expect(sandbox.compile(source).reads).toEqual([
      ['agent', 'city'],
      ['agent', 'interests', 0],
      ['interest'],
      ['scene'],
    ]);
  });

  it.each([
    '{% include "../../etc/passwd" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{% block a %}{% endblock %}',
    '{% for i in (1..1000000000) %}x{% endfor %}',
    '{% tablerow i in (1..1000000000) %}x{% endtablerow %}',
    '{% capture x %}{{ x }}{{ x }}{% endcapture %}',
    '{% increment agent %}',
    '{% liquid\n echo 1 %}',
    '{% constructor %}',
    '{% __proto__ %}',
    '{% toString %}',
  ])('has no tag for %s', (source) => {
    expect(() => sandbox.compile(source)).toThrow(LiquidSourceError);
    expect(() => sandbox.compile(source)).toThrow(/^tag ".*" not found; allowed are #, assign, case/);
  });

  it.each([
    'date',
    'date_to_string',
    'sample',
    'shuffle',
    'sort_natural',
    'json',
    'inspect',
    'map',
    'constructor',
    '__proto__',
    'toString',
    'valueOf',
  ])('has no filter %s', (filter) => {
    expect(() => sandbox.compile(`{{ "now" | ${filter} }}`)).toThrow(
      new RegExp(`^undefined filter: ${filter}; allowed are append`),
    );
  });

  it.each([
    ['nothing', 'nothing'],
    ['agent.name', 'agent.name'],
    ['agent.constructor', 'agent.constructor'],
    ['agent.constructor.constructor', 'agent.constructor'],
    ['agent.__proto__', 'agent.__proto__'],
    ['agent["__proto__"]', 'agent.__proto__'],
    ['agent.interests.constructor', 'agent.interests.constructor'],
    ['agent.interests.length.constructor', 'agent.interests.length.constructor'],
    ['agent.city.toString', 'agent.city.toString'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
    ['globalThis', 'globalThis'],
    ['process', 'process'],
  ])('does not reach %s', (path, named) => {
    const agent = { city: 'Oaxaca', interests: ['art'] };
    const attempt = () => render(`{{ ${path} }}`, { agent });
    expect(attempt).toThrow(ContentError);
    expect(attempt).toThrow(new RegExp(`^undefined variable: ${named}$`));
  });

  it('ignores what a prototype holds', () => {
    const agent = Object.create({ secret: 'inherited' }) as object;
    expect(() => render('{{ agent.secret }}', { agent })).toThrow('undefined variable: agent.secret');
    expect(() => render('{{ agent.secret | upcase }}', { agent })).toThrow(
      'undefined variable: agent.secret',
    );
  });

  it('takes the words of an agent as data, never as source', () => {
    const name = '{{ agent.secret }}{% include "x" %}${1}';
    expect(render('{{ agent.name }}', { agent: { name } })).toBe(name);
    expect(render('{{ agent.name | append: "!" }}', { agent: { name } })).toBe(`${name}!`);
  });

  it('stops what grows', () => {
    expect(() => render('{% assign all = (1..1000000000) %}')).toThrow('memory alloc limit exceeded');
    const doubling =
      '{% assign x = "aaaaaaaaaa" %}' + '{% assign x = x | append: x %}'.repeat(40) + '{{ x }}';
    expect(() => render(doubling)).toThrow('memory alloc limit exceeded');
    expect(() => render('{{ x }}'.repeat(5), { x: 'a'.repeat(900) })).toThrow('the text has 4500 characters');
    expect(() => sandbox.compile('a'.repeat(2_001))).toThrow('parse length limit exceeded');
  });

  it.each(['{{ agent.city', '{% if x %}', '{{ "a" | }} }}{%', '{% else %}'])(
    'refuses the broken source %s',
    (source) => {
      expect(() => sandbox.compile(source)).toThrow(LiquidSourceError);
    },
  );

  it('says in the error what a filter expects', () => {
    expect(() => render('{{ "a" | sentence: "loud" }}')).toThrow(
      /sentence expects a tone: one of casual, formal/,
    );
    expect(() => render('{{ "a" | append }}')).toThrow(/append expect 2 arguments/);
  });

  it('keeps every name of its lists', () => {
    const liquid = new Liquid();
    expect(builtIn(ALLOWED_TAGS, liquid.tags)).toEqual([...ALLOWED_TAGS]);
    expect(builtIn(ALLOWED_FILTERS, liquid.filters)).toEqual(
      ALLOWED_FILTERS.filter((name) => name !== 'sentence'),
    );
  });

  it('renders piece by piece what LiquidJS renders as a whole', () => {
    const reference = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }).filter((text) => !/[{}]/u.test(text)),
      fc.constantFrom(
        '{{a}}',
        '{{ b }}',
        '{{ agent.city }}',
        '{{ agent.age }}',
        '{{agent.interests}}',
        '{{ n | plus: 2 }}',
      ),
      fc.constantFrom(
        '{{ a | upcase }}',
        '{{- a -}}',
        '{{ true }}',
        '{{ "}}" }}',
        '{% if n %}yes{% endif %}',
        '{{ agent.interests.size }}',
      ),
    );
    const scope = { a: 'x', b: '{{ a }}', n: 3, agent: { city: 'Ñ', age: 20, interests: ['p', 'q'] } };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const source = pieces.join('');
        expect(render(source, scope)).toBe(String(reference.parseAndRenderSync(source, scope)));
      }),
      { numRuns: 500 },
    );
  });
});
