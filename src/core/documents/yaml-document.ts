import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { AppError, type FieldIssue } from '../errors/index.js';

/** A place in a document that breaks its schema. Lines and columns count from 1. */
export interface DocumentIssue extends FieldIssue {
  line: number;
  column: number;
}

/** A YAML document that cannot be read or does not meet its schema; `message` is `file:line:column: field: what`. */
export class DocumentError extends AppError {
  constructor(
    readonly source: string,
    readonly places: readonly DocumentIssue[],
  ) {
    const lines = places.map(
      (place) =>
        `${source}:${place.line}:${place.column}: ${place.field === '' ? '' : `${place.field}: `}${place.message}`,
    );
    super('invalid', 'document_invalid', lines.join('\n'), places);
  }
}

/** The dotted form of a path, list positions in brackets: `agents.interests[2]`. */
function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** Where the deepest existing node of a path starts, as an offset into the text. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.range[0];
}

/**
 * Parses YAML text and validates it against a schema.
 * @param source what to call the text in errors, usually a file name
 * @throws DocumentError naming every wrong line
 */
export function parseYamlDocument<T>(text: string, source: string, schema: z.ZodType<T>): T {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number, field: string, message: string): DocumentIssue => {
    const { line, col } = lineCounter.linePos(offset);
    return { field, message, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    throw new DocumentError(
      source,
      document.errors.map((error) => place(error.pos[0], '', error.message)),
    );
  }
  let content: unknown;
  try {
    // Aliases may expand exponentially.
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new DocumentError(source, [place(0, '', (error as Error).message)]);
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new DocumentError(
    source,
    result.error.issues.flatMap((issue) => {
      const paths =
        issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
      return paths.map((path) => place(offsetOf(document, path), dotted(path), issue.message));
    }),
  );
}

/** Reads and validates a YAML file. @throws DocumentError when it breaks its schema */
export function loadYamlDocument<T>(file: string, schema: z.ZodType<T>): T {
  return parseYamlDocument(readFileSync(file, 'utf8'), file, schema);
}
