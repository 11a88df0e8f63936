import { Lexer } from 'yaml';

/** The longest YAML document that is read, in UTF-8 bytes. */
export const MAX_DOCUMENT_BYTES = 131_072;
/** The most tokens of a document, spaces included; a template of the longest length that says something has a tenth. */
const MAX_TOKENS = 60_000;
/** The most brackets within brackets, and the most indicators (`- `, `: `) in one line. */
const MAX_DEPTH = 32;
const MAX_PER_LINE = 8;
/** The most anchors and tags, and the most aliases. */
const MAX_MARKS = 100;

/** Why a text is not parsed, and where the reason is as an offset into it. */
export interface ScreenFinding {
  readonly offset: number;
  readonly message: string;
}

/**
 * Reads a text token by token, in linear time, and says what makes it too costly to parse: the parser takes minutes for
 * 200 KB of nested keys, and quadratic time for anchors.
 */
export function screenYaml(text: string): ScreenFinding | undefined {
  if (Buffer.byteLength(text) > MAX_DOCUMENT_BYTES) {
    return { offset: 0, message: `is longer than ${MAX_DOCUMENT_BYTES} bytes, the most that is accepted` };
  }
  const unstorable = text.isWellFormed() ? text.indexOf('\0') : 0;
  if (unstorable >= 0) return { offset: unstorable, message: 'has a character that no text has' };
  const screen = new Screen();
  for (const token of new Lexer().lex(text)) {
    const message = screen.read(token);
    if (message !== undefined) return { offset: screen.offset, message };
  }
  return undefined;
}

/** What the lexer says between the pieces of the text; it has no length in it. */
const BETWEEN = new Set(['\u0002', '\u0018']);
/** What it says before a scalar. */
const SCALAR = '\u001f';

class Screen {
  /** Where the next token begins. */
  offset = 0;
  private tokens = 0;
  private beforeScalar = false;
  private depth = 0;
  private inLine = 0;
  private marks = 0;
  private aliases = 0;

  /** What is wrong with the next token, or undefined. */
  read(token: string): string | undefined {
    this.tokens += 1;
    if (this.tokens > MAX_TOKENS) return 'has too many parts';
    const scalar = this.beforeScalar;
    this.beforeScalar = !scalar && token === SCALAR;
    if (!scalar && (this.beforeScalar || BETWEEN.has(token))) return undefined;
    const finding = scalar ? undefined : this.judge(token);
    if (finding === undefined) this.offset += token.length;
    return finding;
  }

  private judge(token: string): string | undefined {
    switch (token[0]) {
      case '\n':
      case '\r':
        this.inLine = 0;
        return undefined;
      case '[':
      case '{':
        this.depth += 1;
        return over(this.depth, MAX_DEPTH, 'brackets within brackets');
      case ']':
      case '}':
        this.depth = Math.max(0, this.depth - 1);
        return undefined;
      case '?':
        return 'writes a key with ?; write it as key: value';
      case '-':
      case ':':
        // Three dashes begin a document; between brackets the depth counts.
        if (token.length === 1 && this.depth === 0) this.inLine += 1;
        return over(this.inLine, MAX_PER_LINE, 'levels in one line');
      case '&':
      case '!':
        this.marks += 1;
        return over(this.marks, MAX_MARKS, 'anchors and tags');
      case '*':
        this.aliases += 1;
        return over(this.aliases, MAX_MARKS, 'aliases');
      case undefined:
      default:
        return undefined;
    }
  }
}

function over(count: number, limit: number, what: string): string | undefined {
  return count > limit ? `has more than ${limit} ${what}` : undefined;
}
