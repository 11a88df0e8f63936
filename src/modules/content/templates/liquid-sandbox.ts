import { Liquid, type Template } from 'liquidjs';
import { ContentError } from '../content.errors.js';
import type { Language } from '../writing/language.js';
import { TONES } from '../../agents/index.js';
import { sentenceInTone } from '../writing/tone.rules.js';

/**
 * What a template may say. Everything else that LiquidJS knows is taken away: files (`include`, `render`, `layout`,
 * `block`), clocks (`date…`), randomness (`sample`, `shuffle`), collation (`sort_natural`), and whatever can grow without
 * charging the memory limit (`for`, `tablerow`, `capture`, `increment`).
 */
export const ALLOWED_TAGS = ['#', 'assign', 'case', 'comment', 'if', 'raw', 'unless'] as const;
export const ALLOWED_FILTERS = [
  'append',
  'at_least',
  'at_most',
  'capitalize',
  'compact',
  'default',
  'divided_by',
  'downcase',
  'first',
  'join',
  'last',
  'lstrip',
  'minus',
  'modulo',
  'plus',
  'prepend',
  'remove',
  'remove_first',
  'replace',
  'replace_first',
  'reverse',
  'rstrip',
  'sentence',
  'size',
  'slice',
  'split',
  'strip',
  'times',
  'truncate',
  'truncatewords',
  'uniq',
  'upcase',
] as const;

/** The longest Liquid source, in UTF-16 units. */
export const SOURCE_MAX_LENGTH = 2_000;
/** The longest text that one rendering may give, in UTF-16 units. */
export const RENDERED_MAX_LENGTH = 4_000;
/** How many characters or list entries one rendering may create on its way. */
const MEMORY_LIMIT = 20_000;
/** A net below the other limits, which already bound the work: milliseconds of one rendering. */
const RENDER_LIMIT_MS = 2_000;

/** What a text is rendered with: plain data on a null prototype. */
export type LiquidScope = Record<string, unknown>;

/** One step of a variable's path; a list is a path in brackets (`agent[name]`), resolved only when rendered. */
export type PathSegment = string | number | readonly PathSegment[];

/** A Liquid text, parsed. */
export interface LiquidText {
  readonly source: string;
  /** Every variable that it reads from its scope, as paths (`['agent', 'city']`). */
  readonly reads: readonly (readonly PathSegment[])[];
  /** @throws ContentError `template_render_failed` where a variable is missing or a limit is exceeded */
  render(scope: LiquidScope): string;
}

/** A source that the sandbox refuses; the message says why, in one sentence. */
export class LiquidSourceError extends Error {}

/** LiquidJS reduced to what a template may do. It reads no file, clock, random number or prototype. */
export class LiquidSandbox {
  private readonly liquid: Liquid;

  constructor(language: Language) {
    this.liquid = new Liquid({
      templates: {},
      strictVariables: true,
      strictFilters: true,
      ownPropertyOnly: true,
      parseLimit: SOURCE_MAX_LENGTH,
      memoryLimit: MEMORY_LIMIT,
      renderLimit: RENDER_LIMIT_MS,
    });
    keepOnly(this.liquid.tags, ALLOWED_TAGS);
    keepOnly(this.liquid.filters, ALLOWED_FILTERS);
    this.liquid.registerFilter('sentence', (value: unknown, toneName: unknown) => {
      const tone = TONES.find((known) => known === toneName);
      if (tone === undefined) throw new Error(`sentence expects a tone: one of ${TONES.join(', ')}`);
      return sentenceInTone(String(value), tone, language);
    });
  }

  /** Parses a source. @throws LiquidSourceError where it is no Liquid, or uses what is not allowed */
  compile(source: string): LiquidText {
    let whole: Template[];
    let reads: PathSegment[][];
    try {
      whole = this.liquid.parse(source);
      reads = this.liquid.globalVariableSegmentsSync(whole, { partials: false });
    } catch (error) {
      throw new LiquidSourceError(explained(error), { cause: error });
    }
    const parts = this.parts(source) ?? [(scope) => this.evaluate(whole, scope)];
    return { source, reads, render: (scope) => renderParts(parts, scope) };
  }

  /**
   * A text without tags as its pieces: literal text, variables, and outputs with filters. A variable that is text
   * then needs no engine, which is most of the work of a draft.
   * @returns undefined where the pieces could depend on each other
   */
  private parts(source: string): Part[] | undefined {
    if (/\{%|\{\{-|-\}\}/u.test(source)) return undefined;
    // Odd positions hold what was between the braces. Quotes could hide braces: those texts stay whole.
    const pieces = source.split(/\{\{([^{}"']*)\}\}/u);
    if (pieces.some((piece) => /[{}]{2}/u.test(piece))) return undefined;
    return pieces.map((piece, index) => {
      if (index % 2 === 0) return piece;
      const parsed = this.liquid.parse(`{{${piece}}}`);
      const path = /^\s*([a-z_]\w*)(?:\.([a-z_]\w*))?\s*$/u.exec(piece);
      if (path === null) return (scope) => this.evaluate(parsed, scope);
      const [, name = '', field] = path;
      return (scope) => textAt(scope, name, field) ?? this.evaluate(parsed, scope);
    });
  }

  private evaluate(parsed: Template[], scope: LiquidScope): string {
    try {
      return String(this.liquid.renderSync(parsed, scope));
    } catch (error) {
      throw renderFailure(explained(error), error);
    }
  }
}

type Part = string | ((scope: LiquidScope) => string);

/** @throws ContentError `template_render_failed` where the text is too long */
function renderParts(parts: readonly Part[], scope: LiquidScope): string {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : part(scope);
  if (text.length <= RENDERED_MAX_LENGTH) return text;
  throw renderFailure(`the text has ${text.length} characters; at most ${RENDERED_MAX_LENGTH} are accepted`);
}

/** The own property at a path of one or two names, where it is text. */
function textAt(scope: LiquidScope, name: string, field: string | undefined): string | undefined {
  let value = Object.hasOwn(scope, name) ? scope[name] : undefined;
  if (field !== undefined) {
    value = isScope(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  }
  return typeof value === 'string' ? value : undefined;
}

function isScope(value: unknown): value is LiquidScope {
  return typeof value === 'object' && value !== null;
}

function renderFailure(message: string, cause?: unknown): ContentError {
  const options = cause === undefined ? undefined : { cause };
  return new ContentError(
    'invalid',
    'template_render_failed',
    message,
    [{ field: 'template', message }],
    options,
  );
}

function keepOnly(registry: Record<string, unknown>, names: readonly string[]): void {
  for (const name of Object.keys(registry)) {
    if (!names.includes(name)) delete registry[name];
  }
}

/** What LiquidJS says, without its file position and with what is accepted instead. */
function explained(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error))
    .split('\n', 1)[0]
    ?.replace(/, (?:file|line):.*$/u, '');
  const said = message ?? '';
  if (/^tag .* not found/u.test(said)) return `${said}; allowed are ${ALLOWED_TAGS.join(', ')}`;
  if (said.startsWith('undefined filter')) return `${said}; allowed are ${ALLOWED_FILTERS.join(', ')}`;
  return said;
}
