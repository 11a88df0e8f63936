import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeIssues, jsonSchemaOf, parseAnswer } from './structured.js';

const Schema = z.strictObject({ name: z.string(), tags: z.array(z.string()).default([]) });

describe('an answer', () => {
  it.each([
    '{"name":"Ana"}',
    ' {"name":"Ana"}\n',
    '```json\n{"name":"Ana"}\n```',
    '```\n{"name":"Ana"}\n```\n',
  ])('that fits is read: %j', (content) => {
    expect(parseAnswer(content, Schema)).toEqual({ fits: true, value: { name: 'Ana', tags: [] } });
  });

  it.each([
    ['', '', 'is no JSON'],
    ['Here you are: {"name":"Ana"}', '', 'is no JSON'],
    ['{"name":"Ana"', '', 'is no JSON'],
    ['{"name":1}', 'name', ''],
    ['{"name":"Ana","tags":[1]}', 'tags.0', ''],
    ['[]', '', ''],
  ])('that does not fit says where: %j', (content, field, message) => {
    const parsed = parseAnswer(content, Schema);
    const said = expect.stringContaining(message) as string;
    expect(parsed).toMatchObject({ fits: false, issues: [{ field, message: said }] });
  });

  it('is described by what it is made from, defaults being free', () => {
    expect(jsonSchemaOf(Schema)).toMatchObject({ type: 'object', required: ['name'] });
    expect(jsonSchemaOf(Schema)).toBe(jsonSchemaOf(Schema));
  });

  it('is told of in lines', () => {
    const issues = [
      { field: '', message: 'is no JSON' },
      { field: 'a.0', message: 'too small' },
    ];
    expect(describeIssues(issues)).toBe('- the answer: is no JSON\n- a.0: too small');
  });
});
