import { z } from 'zod';
import type { FieldIssue } from '../errors/index.js';

/** The most places of an answer that a model or a caller is told of. */
const MOST_ISSUES = 10;

const known = new WeakMap<z.ZodType, object>();

/** A schema as it goes to a model. @throws Error for one that JSON Schema cannot say */
export function jsonSchemaOf(schema: z.ZodType): object {
  const made = known.get(schema);
  if (made !== undefined) return made;
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io: 'input' });
  known.set(schema, json);
  return json;
}

export type Parsed<T> = { fits: true; value: T } | { fits: false; issues: FieldIssue[] };

/** Reads an answer by its schema; a fence of Markdown around it is no part of it. */
export function parseAnswer<T>(content: string, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown;
  try {
    json = JSON.parse(withoutFence(content));
  } catch {
    return { fits: false, issues: [{ field: '', message: 'is no JSON' }] };
  }
  const read = schema.safeParse(json);
  if (read.success) return { fits: true, value: read.data };
  const issues = read.error.issues
    .slice(0, MOST_ISSUES)
    .map(({ path, message }) => ({ field: path.map(String).join('.'), message }));
  return { fits: false, issues };
}

function withoutFence(content: string): string {
  const text = content.trim();
  if (!text.startsWith('```') || !text.endsWith('```')) return text;
  const firstLine = text.indexOf('\n');
  return firstLine === -1 ? text : text.slice(firstLine + 1, -3);
}

/** Issues as a model is told of them, one a line. */
export function describeIssues(issues: readonly FieldIssue[]): string {
  return issues
    .map(({ field, message }) => `- ${field === '' ? 'the answer' : field}: ${message}`)
    .join('\n');
}
