import { describe, expect, it } from 'vitest';
import { templateText } from '../../../../test/support/documents.js';
import { diffTemplates } from './template-diff.js';
import { parseTemplate } from './template.loader.js';

const read = (text: string) => parseTemplate(text, 't.yaml').document;
const first = read(templateText('t'));
const changed = (from: string, to: string) => diffTemplates(first, read(templateText('t').replace(from, to)));

describe('diffTemplates', () => {
  it('finds nothing where nothing changed, comments included', () => {
    expect(diffTemplates(first, read(`${templateText('t')}# the end\n`))).toEqual([]);
  });

  it('names fields that are new, gone and changed', () => {
    expect(
      diffTemplates(first, read(templateText('t', '1.1.0', 'Hi {{ opening }} {{ agent.city }}'))),
    ).toEqual([
      { path: 'version', change: 'changed', from: '1.0.0', to: '1.1.0' },
      {
        path: 'languages.en.caption',
        change: 'changed',
        from: '{{ opening }} from {{ agent.city }}',
        to: 'Hi {{ opening }} {{ agent.city }}',
      },
    ]);
    expect(changed('tags: [greeting, t]\n', '')).toEqual([
      { path: 'tags', change: 'removed', from: ['greeting', 't'], to: null },
    ]);
  });

  it('names entries of a list by what they say, and its order', () => {
    const path = 'languages.en.phrases.opening';
    expect(changed('[Hi, Hello, Hey, Good day]', '[Hello, Hi, Good day, Howdy]')).toEqual([
      { path, change: 'added', from: null, to: 'Howdy' },
      { path, change: 'removed', from: 'Hey', to: null },
    ]);
    expect(changed('[Hi, Hello, Hey, Good day]', '[Hello, Hi, Hey, Good day]')).toEqual([
      {
        path,
        change: 'reordered',
        from: ['Hi', 'Hello', 'Hey', 'Good day'],
        to: ['Hello', 'Hi', 'Hey', 'Good day'],
      },
    ]);
    expect(changed('[Hi, Hello, Hey, Good day]', '[Hi, Hi, Hello, Hey, Good day]')).toEqual([
      { path, change: 'added', from: null, to: 'Hi' },
    ]);
  });
});
