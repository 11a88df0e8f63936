import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { EventsService } from '../events/index.js';
import type { DocumentEvents } from './document-events.js';
import type { DocumentSummary, DocumentVersion, ReadDocument } from './document-kind.js';
import type { DocumentLibrary } from './document-library.js';
import { compareVersions, highestNext, statusOf, versionOrder } from './document.rules.js';
import { DocumentStoreError } from './documents.errors.js';
import { DocumentsRepository } from './documents.repository.js';

/** Who gives a document, and why. */
export interface Edit {
  /** A user name, or `system`. */
  author: string;
  note?: string | undefined;
  /** Keeps it as a draft: it can be named, and is not chosen before it is activated. */
  draft?: boolean | undefined;
  /** Throws where the current version is not the one that the author has seen. */
  match?: ((current: DocumentVersion) => void) | undefined;
}

/** A document that was given; `created` is false where it was there already. */
export interface EditedDocument<T, S extends DocumentSummary> {
  document: ReadDocument<T, S>;
  created: boolean;
}

/** What the editors of every kind share. */
@Injectable()
export class DocumentEditing {
  constructor(
    @InjectDataSource() readonly dataSource: DataSource,
    readonly repository: DocumentsRepository,
    readonly events: EventsService,
    readonly audit: AuditService,
  ) {}
}

/** Adds, replaces and retires the documents of a kind; every change is an event and a record of the audit. */
export class DocumentEditor<T, S extends DocumentSummary> {
  constructor(
    protected readonly library: DocumentLibrary<T, S>,
    private readonly events: DocumentEvents,
    protected readonly use: DocumentEditing,
  ) {}

  protected get kind(): string {
    return this.library.kind.kind;
  }

  /**
   * Adds a document under a name that has no current version.
   * @throws DocumentError naming every wrong line; DocumentStoreError `<kind>_exists`, `<kind>_version_taken`,
   *   `<kind>_version_jumps`
   */
  async add(content: string, source: string, edit: Edit): Promise<EditedDocument<T, S>> {
    const { name } = this.library.kind.facts(this.library.reader.parse(content, source));
    return this.give(name, content, source, edit, (current) => {
      if (current !== undefined) throw DocumentStoreError.exists(this.kind, name, current.version);
    });
  }

  /**
   * Gives a name a newer version.
   * @throws DocumentError; DocumentStoreError `<kind>_not_found`, `<kind>_misnamed`, `<kind>_version_taken`,
   *   `<kind>_version_jumps`; what `match` throws
   */
  async replace(name: string, content: string, source: string, edit: Edit): Promise<EditedDocument<T, S>> {
    return this.give(name, content, source, edit, undefined);
  }

  /** Adds a document, or gives its name a newer version. @throws as {@link add}, but for `<kind>_exists` */
  async seed(content: string, source: string, edit: Edit): Promise<EditedDocument<T, S>> {
    const { name } = this.library.kind.facts(this.library.reader.parse(content, source));
    return this.give(name, content, source, edit, () => {});
  }

  /**
   * Retires every version of a name that was given, or the one of a number: it can still be named and read, and is no
   * longer the current one.
   * @throws DocumentStoreError `<kind>_not_found`, `<kind>_shipped`; what `match` throws
   */
  async retire(reference: { name: string; version?: string | undefined }, edit: Edit): Promise<void> {
    await this.use.dataSource.transaction(async (manager) => {
      const { name, version } = reference;
      await this.use.repository.lock(manager, this.kind, name);
      const found = await this.library.get(version === undefined ? name : `${name}@${version}`, manager);
      edit.match?.(found);
      const retired = await this.use.repository.retire(manager, this.kind, reference, edit.author);
      if (retired.length === 0 && found.origin === 'shipped')
        throw DocumentStoreError.shipped(this.kind, name);
      await this.use.events.emit(manager, ...retired.map((each) => this.events.retired(identityOf(each))));
      await this.record(manager, 'retire', retired, edit);
    });
  }

  /**
   * Goes back to an earlier version, at once: every version above it is retired. To the one before the current version
   * where none is named.
   * @throws DocumentStoreError `<kind>_not_found`, `<kind>_first`, `<kind>_not_earlier`; what `match` throws
   */
  async rollBack(
    { name, version }: { name: string; version?: string | undefined },
    edit: Edit,
  ): Promise<ReadDocument<T, S>> {
    return this.use.dataSource.transaction(async (manager) => {
      await this.use.repository.lock(manager, this.kind, name);
      const current = await this.library.get(name, manager);
      edit.match?.(current);
      const known = await this.library.known(name, manager);
      const { version: shipped } = this.library.reader.shippedAs(name) ?? {};
      const choosable = known.filter(
        (each) =>
          compareVersions(each.version, current.version) < 0 &&
          (each.origin === 'stored' ? statusOf(each) === 'active' : each.version === shipped),
      );
      if (choosable.length === 0) throw DocumentStoreError.nothingEarlier(this.kind, name);
      const target = choosable.find((each) => version === undefined || each.version === version);
      if (target === undefined) throw DocumentStoreError.cannotReturn(this.kind, name, version ?? '');
      const above = known.filter(
        (each) => compareVersions(each.version, target.version) > 0 && statusOf(each) === 'active',
      );
      const retired: DocumentVersion[] = [];
      for (const each of above) {
        const given = { name, version: each.version };
        retired.push(...(await this.use.repository.retire(manager, this.kind, given, edit.author)));
      }
      await this.use.events.emit(manager, ...retired.map((each) => this.events.retired(identityOf(each))));
      await this.record(manager, 'retire', retired, edit);
      return this.library.get(name, manager);
    });
  }

  /** Reads a document and judges it without keeping it. @throws as {@link add}, but for what is there already */
  async check(content: string, source: string): Promise<T> {
    const value = this.library.reader.parse(content, source);
    await this.inspect(value, content, source);
    return value;
  }

  /** Refuses what only the installation can judge, such as the name of something that must be there. */
  protected inspect(_value: T, _content: string, _source: string): Promise<void> {
    return Promise.resolve();
  }

  private async give(
    name: string,
    content: string,
    source: string,
    edit: Edit,
    judge: ((current: DocumentVersion | undefined) => void) | undefined,
  ): Promise<EditedDocument<T, S>> {
    const value = this.library.reader.parse(content, source);
    const facts = this.library.kind.facts(value);
    if (facts.name !== name) throw DocumentStoreError.misnamed(this.kind, name);
    if (versionOrder(facts.version) === undefined) throw DocumentStoreError.versionTooLarge(this.kind);
    await this.inspect(value, content, source);
    return this.use.dataSource.transaction(async (manager) => {
      await this.use.repository.lock(manager, this.kind, name);
      const current =
        judge === undefined
          ? await this.library.get(name, manager)
          : await this.library.current(name, manager);
      if (current !== undefined) edit.match?.(current);
      if (current?.version === facts.version && current.sha256 === facts.sha256)
        return { document: current, created: false };
      const [newest] = await this.library.known(name, manager);
      if (newest?.version === facts.version && newest.sha256 === facts.sha256 && statusOf(newest) === 'draft')
        return { document: await this.library.get(`${name}@${facts.version}`, manager), created: false };
      judge?.(current);
      if (newest !== undefined && compareVersions(facts.version, newest.version) <= 0)
        throw DocumentStoreError.versionTaken(this.kind, name, newest.version);
      this.refuseJump(facts.version, newest?.version);
      const { author, note = null, draft } = edit;
      const given = {
        ...facts,
        kind: this.kind,
        origin: 'stored',
        content,
        note,
        created_by: author,
        draft,
      } as const;
      await this.use.repository.insert(manager, given);
      const document = await this.library.get(`${name}@${facts.version}`, manager);
      await this.use.events.emit(manager, this.events.added(identityOf(document)));
      await this.record(manager, 'add', [document], edit);
      return { document, created: true };
    });
  }

  private refuseJump(version: string, newest: string | undefined): void {
    const most = highestNext(newest);
    if (versionOrder(version)?.some((part, place) => part > (most[place] ?? 0)) === true)
      throw DocumentStoreError.versionJumps(this.kind, most, newest);
  }

  /** The audit chain comes last: its writers wait for each other. */
  protected async record(
    manager: EntityManager,
    change: 'add' | 'activate' | 'retire',
    documents: readonly DocumentVersion[],
    { author, note }: Edit,
  ): Promise<void> {
    const entries = documents.map(({ name, version, sha256 }) => ({
      actor: author,
      action: `${this.kind}.${change}`,
      subject: { type: this.kind, id: `${name}@${version}` },
      data: { name, version, sha256, ...(note !== undefined && { note }) },
    }));
    await this.use.audit.append(manager, ...entries);
  }
}

/** What events tell of a version. */
export function identityOf({
  name,
  version,
  sha256,
}: DocumentVersion): Pick<DocumentVersion, 'name' | 'version' | 'sha256'> {
  return { name, version, sha256 };
}
