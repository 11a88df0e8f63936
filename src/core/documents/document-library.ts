import type { DataSource, EntityManager } from 'typeorm';
import type { DocumentKind, DocumentSummary, DocumentVersion, ReadDocument } from './document-kind.js';
import { DocumentReader } from './document-reader.js';
import {
  compareVersions,
  cursorInvalid,
  cursorOf,
  parseReference,
  placeOf,
  type DocumentSort,
} from './document.rules.js';
import { DocumentStoreError } from './documents.errors.js';
import type { DocumentFilter, DocumentsRepository, StoredDocument } from './documents.repository.js';

/** A page of a list; `next` is null on the last. */
export interface DocumentPage<S extends DocumentSummary> {
  readonly documents: DocumentVersion<S>[];
  readonly next: string | null;
}

/**
 * The documents of a kind: those that come with the product, and over them those that were given. Of a name the highest
 * version that is active, neither a draft nor retired, is the current one. Nothing is remembered between calls but texts as they were read, so
 * every process sees a new version at once.
 */
export class DocumentLibrary<T, S extends DocumentSummary> {
  readonly reader: DocumentReader<T, S>;

  constructor(
    readonly kind: DocumentKind<T, S>,
    protected readonly dataSource: DataSource,
    protected readonly repository: DocumentsRepository,
  ) {
    this.reader = new DocumentReader(kind);
  }

  /**
   * The document of a reference: `name` for the current version, `name@version` for that one, retired or not.
   * @throws DocumentStoreError `<kind>_not_found`, naming those that there are
   */
  async get(
    reference: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<ReadDocument<T, S>> {
    const { name, version } = parseReference(reference);
    const found =
      version === undefined
        ? await this.current(name, manager)
        : await this.version(name, { version }, manager);
    if (found !== undefined) return found;
    const versions = version === undefined ? [] : await this.known(name, manager);
    if (versions.length > 0)
      throw DocumentStoreError.noSuchVersion(this.kind.kind, reference, undefined, versions);
    throw DocumentStoreError.notFound(this.kind.kind, reference, await this.names(manager));
  }

  /** The current version of a name. */
  async current(name: string, manager: EntityManager): Promise<ReadDocument<T, S> | undefined> {
    const stored = await this.repository.newest<S>(manager, this.kind.kind, storable(name));
    const shipped = this.reader.shippedAs(name);
    if (stored === undefined) return shipped;
    if (shipped !== undefined && compareVersions(shipped.version, stored.version) > 0) return shipped;
    return this.read(stored);
  }

  /**
   * A version by its number, by the beginning of its SHA-256, or both: whatever was given once, came with the product
   * when something was made with it, or comes with it now.
   */
  async version(
    name: string,
    wanted: { version?: string | undefined; sha256?: string | undefined },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<ReadDocument<T, S> | undefined> {
    const { version = '', sha256 = '' } = wanted;
    const shipped = this.reader.shippedAs(name);
    const fits =
      shipped !== undefined &&
      (wanted.version === undefined || shipped.version === version) &&
      shipped.sha256.startsWith(sha256);
    const found = await this.repository.find<S>(manager, this.kind.kind, {
      name: storable(name),
      version: wanted.version === undefined ? undefined : storable(version),
      sha256: wanted.sha256 === undefined ? undefined : storable(sha256),
    });
    // A copy of what came with the product earlier gives way to what comes with it now.
    if (fits && found?.origin !== 'stored') return shipped;
    return found && this.read(found);
  }

  /** A page of the versions of a name, the newest first. @throws DocumentStoreError `<kind>_not_found`, `cursor_invalid` */
  async versions(
    name: string,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<DocumentPage<S>> {
    const { manager } = this.dataSource;
    const versions = await this.known(name, manager);
    if (versions.length === 0)
      throw DocumentStoreError.notFound(this.kind.kind, name, await this.names(manager));
    const last = cursor === undefined ? undefined : placeOf(cursor);
    const from =
      last === undefined
        ? 0
        : versions.findIndex(({ version, sha256 }) => version === last[0] && sha256 === last[1]) + 1;
    if (last !== undefined && from === 0) throw cursorInvalid();
    const documents = versions.slice(from, from + limit);
    const end = documents.at(-1);
    const more = from + limit < versions.length && end !== undefined;
    return { documents, next: more ? cursorOf([end.version, end.sha256]) : null };
  }

  /** Every version of a name, the newest first; none for a name that no document ever had. */
  async known(name: string, manager: EntityManager = this.dataSource.manager): Promise<DocumentVersion<S>[]> {
    const kept = await this.repository.versions<S>(manager, this.kind.kind, storable(name));
    const shipped = this.reader.shippedAs(name);
    if (shipped === undefined || kept.some(({ sha256 }) => sha256 === shipped.sha256)) return kept;
    const { content: _content, value: _value, ...version } = shipped;
    return [version, ...kept].toSorted((a, b) => compareVersions(b.version, a.version));
  }

  /** A page of the current versions, or of the highest ones with another status. @throws AppError `cursor_invalid` */
  async list(
    filter: DocumentFilter,
    {
      sort = 'name',
      cursor,
      limit,
    }: { sort?: DocumentSort | undefined; cursor?: string | undefined; limit: number },
  ): Promise<DocumentPage<S>> {
    const { status = 'active' } = filter;
    const shipped =
      status === 'active' ? this.reader.shipped().map(({ value }) => this.kind.facts(value)) : [];
    const after = cursor === undefined ? undefined : placeOf(cursor);
    const request = { filter, sort, after, limit: limit + 1 };
    const rows = await this.repository.page<S>(this.dataSource.manager, this.kind.kind, shipped, request);
    const documents = rows.slice(0, limit);
    const last = documents.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      documents: documents.map(({ place: _place, ...document }) => document),
      next: more ? cursorOf([last.place, last.name]) : null,
    };
  }

  /**
   * Keeps a copy of a document that comes with the product, in the manager's transaction, so that what is made with it
   * can be made again after the product has another. What was given is kept anyway.
   */
  async pin(manager: EntityManager, document: ReadDocument<T, S>): Promise<void> {
    if (document.origin === 'stored') return;
    await this.repository.insert(manager, { ...document, kind: this.kind.kind });
  }

  private read(stored: StoredDocument<S>): ReadDocument<T, S> {
    const { kind } = this.kind;
    return {
      ...stored,
      value: this.reader.parse(stored.content, `${kind} ${stored.name}@${stored.version}`),
    };
  }

  protected async names(manager: EntityManager): Promise<string[]> {
    const shipped = this.reader.shipped().map(({ value }) => this.kind.facts(value));
    const request = { filter: {}, sort: 'name', after: undefined, limit: 100 } as const;
    const rows = await this.repository.page(manager, this.kind.kind, shipped, request);
    return rows.map(({ name }) => name);
  }
}

/** PostgreSQL refuses NUL in a text; no document has it in its name. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}
