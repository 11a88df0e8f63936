import type { DocumentRecord } from './document.entity.js';

/** What a document says of itself. */
export interface DocumentFacts<S extends DocumentSummary = DocumentSummary> {
  readonly name: string;
  /** One to three whole numbers with dots, as the document writes it. */
  readonly version: string;
  /** SHA-256, lower-case hexadecimal, of everything in it that can change a result. */
  readonly sha256: string;
  /** What lists show and filter by, as JSON: `title` always, and what the kind adds. */
  readonly summary: S;
}

export interface DocumentSummary {
  readonly title: string;
}

/** A kind of document: templates, scenarios. */
export interface DocumentKind<T, S extends DocumentSummary = DocumentSummary> {
  /** In the singular: `template`. Errors, audit records, events and the database call it so. */
  readonly kind: string;
  /** The folder of the documents that come with the product, each in `<name>.yaml`. */
  readonly folder: string;
  /** Reads and checks a document. @throws DocumentError naming every wrong line */
  parse(text: string, source: string): T;
  facts(value: T): DocumentFacts<S>;
}

/** One version of a document. */
export interface DocumentVersion<S extends DocumentSummary = DocumentSummary> extends DocumentFacts<S> {
  /** `shipped`: it comes with the product, or came with it when something was made with it. */
  readonly origin: DocumentRecord['origin'];
  readonly note: string | null;
  readonly created_by: string | null;
  /** Null where it comes with the product. */
  readonly created_at: Date | null;
  /** Null for a draft, and where it comes with the product. */
  readonly activated_at: Date | null;
  readonly retired_at: Date | null;
}

/** One version of a document, read. */
export interface ReadDocument<T, S extends DocumentSummary = DocumentSummary> extends DocumentVersion<S> {
  /** The YAML text as it was given. */
  readonly content: string;
  readonly value: T;
}
