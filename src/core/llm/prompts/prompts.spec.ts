import { describe, expect, it } from 'vitest';
import { DocumentReader } from '../../documents/index.js';
import { promptJsonSchema } from './prompt.schema.js';
import { PROMPTS, renderPrompt } from './prompts.js';

const TEXT = `
id: greeting
version: 1.0.0
title: Greeting
variables: [name]
messages:
  - { role: system, content: Be kind. }
  - { role: user, content: 'Greet {{ name }}, {{ name }}!' }
`;

describe('a prompt', () => {
  it('that comes with the product has no mistakes', () => {
    const prompts = new DocumentReader(PROMPTS).shipped();
    expect(prompts.map(({ name }) => name)).toEqual([
      'decide_feed',
      'judge_text',
      'repair_answer',
      'translate_command',
      'write_draft',
      'write_people',
      'write_records',
    ]);
  });

  it('is filled, and what stands between braces in a value stays there', () => {
    const { messages, version, sha256 } = renderPrompt('repair_answer', {
      issues: '- a: {{ count }} $& ${x}',
    });
    expect(messages[0]?.content).toContain('- a: {{ count }} $& ${x}');
    expect({ version, sha256 }).toEqual({ version: '1.0.0', sha256: expect.stringMatching(/^[\da-f]{64}$/) });
    expect(() => renderPrompt('repair_answer', {})).toThrow(/needs issues/);
  });

  it.each([
    [TEXT.replace('[name]', '[name, other]'), /variables\[1\]: other is in no message/],
    [TEXT.replace('[name]', '[]'), /messages\[1\]\.content: name is not declared/],
    [TEXT.replace('role: user', 'role: tool'), /messages\[1\]\.role: /],
    [TEXT.replace('1.0.0', 'one'), /version: expected a version/],
  ])('with a mistake is refused', (text, said) => {
    expect(() => PROMPTS.parse(text, 'prompt.yaml')).toThrow(said);
    expect(PROMPTS.facts(PROMPTS.parse(TEXT, 'prompt.yaml'))).toMatchObject({ name: 'greeting' });
  });
});

describe('the published JSON Schema', () => {
  it('is the one of the code; `vitest run -u` writes it anew', async () => {
    const text = `${JSON.stringify(promptJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../../docs/schemas/prompt.schema.json');
  });
});
