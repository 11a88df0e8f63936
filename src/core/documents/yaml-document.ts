import { isNode, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { z } from 'zod';
import { accepted, AppError, knownFields, type FieldIssue } from '../errors/index.js';
import { MAX_DOCUMENT_BYTES, screenYaml } from './yaml-screen.js';

/** The most wrong places that an error names. */
const MAX_PLACES = 50;
/** The longest message of a place; a longer one ends at the end of a word. */
const MAX_MESSAGE = 4_000;

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

  /** The same without its lines, for a document that was no text to whoever made it. */
  withoutLines(): AppError {
    const issues = this.places.map(({ field, message }) => ({ field: field || 'document', message }));
    const message = issues.map((issue) => `${issue.field}: ${issue.message}`).join('\n');
    return new AppError('invalid', this.code, message, issues);
  }
}

/** The dotted form of a path, list positions in brackets: `agents.interests[2]`. */
export function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** The path of a dotted form: `deciders[0].cassette`. */
export function pathOf(field: string): PropertyKey[] {
  return [...field.matchAll(/[^.[\]]+/gu)].map(([key]) => (/^\d+$/u.test(key) ? Number(key) : key));
}

/** Where the deepest existing node of a path starts, as an offset into the text. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.range[0];
}

/** Something wrong at an offset of the text. */
interface Flaw {
  offset: number;
  path: readonly PropertyKey[];
  message: string;
}

/** What the grammar says, and what it leaves open: keys are texts, each once, and every text can be stored. */
function flawsOf(document: Document.Parsed): Flaw[] {
  const flaws: Flaw[] = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    offset: pos[0],
    path: [],
    message,
  }));
  const flaw = (node: unknown, message: string): void => {
    flaws.push({ offset: isNode(node) ? (node.range?.[0] ?? 0) : 0, path: [], message });
  };
  visit(document, {
    // The parser's own search for repeated keys takes quadratic time.
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) flaw(key, 'a key is a text');
        else if (key.value === '__proto__') flaw(key, 'no key is called __proto__');
        else if (seen.has(key.value)) flaw(key, `the key ${String(key.value)} is there already`);
        else seen.add(key.value);
      }
    },
    Scalar: (_key, node) => {
      const { value } = node;
      if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed()))
        flaw(node, 'has a character that no text has');
    },
  });
  return flaws;
}

/** Flaws with their lines and columns, the first of them. */
function placed(flaws: readonly Flaw[], lineCounter: LineCounter): DocumentIssue[] {
  return flaws.slice(0, MAX_PLACES).map(({ offset, path, message }) => {
    const { line, col } = lineCounter.linePos(offset);
    return { field: dotted(path), message, line: Math.max(line, 1), column: Math.max(col, 1) };
  });
}

/** Whether a schema has a text where something else stands. */
function wantsText(issue: z.core.$ZodRawIssue): boolean {
  if (issue.code === 'invalid_type') return issue.expected === 'string';
  if (issue.code !== 'invalid_union') return false;
  return issue.errors.some((branch) =>
    branch.some(
      (each) => each.code === 'invalid_type' && each.expected === 'string' && each.path.length === 0,
    ),
  );
}

/** Says what is accepted in a document, where a text may have become something else for want of quotes. */
function acceptedInYaml(issue: z.core.$ZodRawIssue): string {
  const { input } = issue;
  if (issue.code === 'unrecognized_keys') return `is not known here${knownFields(issue)}`;
  if (input === undefined || Array.isArray(input) || !wantsText(issue)) return accepted(issue);
  const colon = typeof input === 'object' && input !== null;
  return colon
    ? 'must be text: a text with a colon in it needs quotes around it'
    : 'must be text: put quotes around it';
}

/** What a schema finds wrong; only of what is told, since finding a place takes a walk through the document. */
function schemaFlaws(document: Document.Parsed, error: z.ZodError): Flaw[] {
  return pathIssues(error)
    .slice(0, MAX_PLACES)
    .map((flaw) => ({ ...flaw, offset: offsetOf(document, flaw.path) }));
}

/** What a schema finds wrong with a part of a document, each unknown key apart. */
function pathIssues(error: z.ZodError): PathIssue[] {
  return error.issues.flatMap((issue) => {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const message = bounded(issue.message);
    return paths.map((path) => ({ path, message }));
  });
}

function bounded(message: string): string {
  if (message.length <= MAX_MESSAGE) return message;
  const end = message.lastIndexOf(' ', MAX_MESSAGE);
  return `${message.slice(0, end > 0 ? end : MAX_MESSAGE)} …`;
}

/** Reads a part of a document that has been parsed, saying what is accepted in the words of documents. */
export function readPart<T>(
  schema: z.ZodType<T>,
  part: unknown,
): { readonly value: T } | { readonly issues: readonly PathIssue[] } {
  const result = schema.safeParse(part, { error: acceptedInYaml });
  return result.success ? { value: result.data } : { issues: pathIssues(result.error) };
}

/**
 * Parses YAML text and validates it against a schema. Hostile texts are refused before they cost more than a second.
 * @param source what to call the text in errors, usually a file name
 * @throws DocumentError naming every wrong line, the first 50 of them
 */
export function parseYamlDocument<T>(text: string, source: string, schema: z.ZodType<T>): T {
  const lineCounter = new LineCounter();
  const refuse = (flaws: readonly Flaw[]): never => {
    const inOrder = flaws.slice(0, MAX_PLACES).toSorted((a, b) => a.offset - b.offset);
    throw new DocumentError(source, placed(inOrder, lineCounter));
  };
  const finding = screenYaml(text);
  if (finding !== undefined) {
    countLines(text.slice(0, finding.offset), lineCounter);
    return refuse([{ ...finding, path: [] }]);
  }
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    uniqueKeys: false,
    // A directive in the text may not bring the merge keys and types of YAML 1.1.
    schema: 'core',
  });
  const flaws = flawsOf(document);
  if (flaws.length > 0) return refuse(flaws);
  const content = expanded(document);
  if (content instanceof Error) return refuse([{ offset: 0, path: [], message: content.message }]);
  const result = schema.safeParse(content, { error: acceptedInYaml });
  return result.success ? result.data : refuse(schemaFlaws(document, result.error));
}

/** Something wrong with what a document says. */
export interface PathIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The error for what a schema cannot see, with the lines where it stands. @param text one that has been parsed */
export function documentErrorAt(text: string, source: string, issues: readonly PathIssue[]): DocumentError {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, schema: 'core' });
  const flaws = issues
    .slice(0, MAX_PLACES)
    .map((issue) => ({ ...issue, offset: offsetOf(document, issue.path) }));
  return new DocumentError(source, placed(flaws, lineCounter));
}

/** What a document says, aliases expanded: bounded, since whoever reads it pays for every repetition. */
function expanded(document: Document.Parsed): unknown {
  let aliases = 0;
  visit(document, { Alias: () => void (aliases += 1) });
  if (aliases === 0) return document.toJS();
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 });
    if (JSON.stringify(content).length <= MAX_DOCUMENT_BYTES) return content;
    return new Error(`its aliases expand to more than ${MAX_DOCUMENT_BYTES} characters`);
  } catch (error) {
    return error;
  }
}

function countLines(text: string, lineCounter: LineCounter): void {
  lineCounter.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineCounter.addNewLine(at + 1);
}
