import type { FastifyReply } from 'fastify';
import { API_PREFIX, etagOf, requireMatch, type Caller } from '../http/index.js';
import type { DocumentSummary, DocumentVersion, ReadDocument } from './document-kind.js';
import type { DocumentEditor, Edit } from './document-editor.js';
import type { DocumentLibrary } from './document-library.js';
import { contentOf, type DocumentBody, type DocumentQuery, type RetireQuery } from './document.dto.js';
import { statusOf } from './document.rules.js';
import { DocumentStoreError } from './documents.errors.js';
import { DocumentError } from './yaml-document.js';

/** What errors call a document that came in a request. */
const SOURCE = 'document';

/** The documents of a kind over HTTP: what the controllers of every kind have in common. */
export class DocumentResource<T, S extends DocumentSummary> {
  /** @param path where the kind's resources are: `templates` */
  constructor(
    private readonly path: string,
    private readonly library: DocumentLibrary<T, S>,
    private readonly editor: DocumentEditor<T, S>,
  ) {}

  /** The path of a document's current version, or of the version of a number. */
  pathOf(name: string, version?: string): string {
    const query = version === undefined ? '' : `?${new URLSearchParams({ version }).toString()}`;
    return `/${API_PREFIX}/${this.path}/${encodeURIComponent(name)}${query}`;
  }

  /** The document of a request, with its ETag. */
  async read(name: string, query: DocumentQuery, reply: FastifyReply): Promise<ReadDocument<T, S>> {
    const { version, sha256 } = query;
    const document =
      version === undefined && sha256 === undefined
        ? await this.library.get(name)
        : await this.library.version(name, query);
    if (document === undefined) throw await this.unknown(name, query);
    void reply.header('ETag', tagOf(document));
    return document;
  }

  async add(
    body: DocumentBody,
    caller: Caller,
    reply: FastifyReply,
    draft?: boolean,
  ): Promise<ReadDocument<T, S>> {
    const edit = { author: caller.username, note: body.note, draft };
    const { document, created } = await read(body, (content) => this.editor.add(content, SOURCE, edit));
    void reply
      .status(created ? 201 : 200)
      .header('Location', this.pathOf(document.name, document.version))
      .header('ETag', tagOf(document));
    return document;
  }

  async replace(
    name: string,
    body: DocumentBody,
    edit: Edit,
    reply: FastifyReply,
  ): Promise<ReadDocument<T, S>> {
    const given = { ...edit, note: body.note };
    const { document } = await read(body, (content) => this.editor.replace(name, content, SOURCE, given));
    void reply.header('ETag', tagOf(document));
    return document;
  }

  /** Goes back to an earlier version. */
  async rollBack(
    name: string,
    { version, note }: { version?: string | undefined; note?: string | undefined },
    ifMatch: string,
    caller: Caller,
    reply: FastifyReply,
  ): Promise<ReadDocument<T, S>> {
    const document = await this.editor.rollBack({ name, version }, { ...editOf(ifMatch, caller), note });
    void reply.header('ETag', tagOf(document));
    return document;
  }

  retire(name: string, { version }: RetireQuery, ifMatch: string, caller: Caller): Promise<void> {
    return this.editor.retire({ name, version }, editOf(ifMatch, caller));
  }

  /** What a document would be, without keeping it. @throws DocumentError naming every wrong line */
  check(body: DocumentBody): Promise<T> {
    return read(body, (content) => this.editor.check(content, SOURCE));
  }

  private async unknown(name: string, { version, sha256 }: DocumentQuery): Promise<DocumentStoreError> {
    const known = await this.library.known(name);
    const reference = `${name}${version === undefined ? '' : `@${version}`}`;
    return DocumentStoreError.noSuchVersion(this.library.kind.kind, reference, sha256, known);
  }
}

/** The tag of a version. A draft is another representation once it is active, and that when it is retired. */
export function tagOf(version: DocumentVersion): string {
  const { sha256 } = version;
  const status = statusOf(version);
  if (status === 'draft') return etagOf(`${sha256}-draft`);
  return etagOf(status === 'active' ? sha256 : `${sha256}-retired`);
}

export function editOf(ifMatch: string, { username }: Caller): Edit {
  return { author: username, match: (current) => requireMatch(ifMatch, tagOf(current)) };
}

/** Of a document that was sent as an object, nobody has seen the lines: its errors name fields alone. */
async function read<R>(body: DocumentBody, use: (content: string) => Promise<R>): Promise<R> {
  try {
    return await use(contentOf(body));
  } catch (error) {
    if (body.document !== undefined && error instanceof DocumentError) throw error.withoutLines();
    throw error;
  }
}
