import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DocumentKind, DocumentSummary, ReadDocument } from './document-kind.js';
import { DocumentError } from './yaml-document.js';

const SUFFIX = '.yaml';
/** How many documents are kept as they were read, so that a text is compiled once. */
const MAX_READ = 200;

/** Reads the documents of a kind: texts, each once, and the files that come with the product. */
export class DocumentReader<T, S extends DocumentSummary> {
  private readonly read = new Map<string, T>();

  constructor(private readonly kind: DocumentKind<T, S>) {}

  /** What a text says. @throws DocumentError naming every wrong line */
  parse(text: string, source: string): T {
    const key = createHash('sha256').update(text).digest('base64');
    const known = this.read.get(key);
    if (known !== undefined) return known;
    const value = this.kind.parse(text, source);
    const [oldest] = this.read.keys();
    if (this.read.size >= MAX_READ && oldest !== undefined) this.read.delete(oldest);
    this.read.set(key, value);
    return value;
  }

  /** The names of the documents that come with the product, in alphabetical order. */
  names(): string[] {
    return readdirSync(this.kind.folder)
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => basename(file, SUFFIX))
      .toSorted();
  }

  /** Every document that comes with the product. @throws DocumentError where a file is not valid */
  shipped(): ReadDocument<T, S>[] {
    return this.names().flatMap((name) => this.shippedAs(name) ?? []);
  }

  /**
   * The document that comes with the product under a name. Its file is read whenever it is asked for, so an edit counts
   * at once.
   * @throws DocumentError where the file is not valid, or says another name
   */
  shippedAs(name: string): ReadDocument<T, S> | undefined {
    const file = join(this.kind.folder, `${name}${SUFFIX}`);
    // A name becomes part of a path only where it cannot leave the folder.
    if (!/^[a-z][a-z0-9_-]{0,63}$/u.test(name) || !existsSync(file)) return undefined;
    const content = readFileSync(file, 'utf8');
    const value = this.parse(content, file);
    const facts = this.kind.facts(value);
    if (facts.name !== name) {
      const message = `is ${name}, like the name of the file`;
      throw new DocumentError(file, [{ field: 'id', message, line: 1, column: 1 }]);
    }
    const origin = 'shipped' as const;
    const unknown = { note: null, created_by: null, created_at: null, activated_at: null, retired_at: null };
    return { ...facts, ...unknown, origin, content, value };
  }
}
