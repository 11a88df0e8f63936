import { Injectable } from '@nestjs/common';
import { declareEvent } from '../../../core/events/index.js';
import {
  declareDocumentEvents,
  documentEventPayload,
  DocumentEditing,
  DocumentEditor,
  DocumentStoreError,
  identityOf,
  statusOf,
  type Edit,
  type ReadDocument,
} from '../../../core/documents/index.js';
import type { CompiledTemplate } from './compiled-template.js';
import { TemplateLibrary } from './template-library.js';
import type { TemplateSummary } from './template.loader.js';

const EVENTS = declareDocumentEvents('template', 'templates:read');

const templateActivated = declareEvent({
  type: 'template.activated',
  topic: 'templates.{name}',
  permission: 'templates:read',
  summary: 'A draft of a template may be chosen from now on.',
  payload: documentEventPayload,
});

/** Changes the templates of this installation. */
@Injectable()
export class TemplateEditor extends DocumentEditor<CompiledTemplate, TemplateSummary> {
  constructor(library: TemplateLibrary, editing: DocumentEditing) {
    super(library, EVENTS, editing);
  }

  /**
   * Makes a draft active: it is the current version of its name unless a higher one is active.
   * @throws DocumentStoreError `template_not_found`, `template_not_draft`; what `match` throws
   */
  async activate(
    name: string,
    version: string,
    edit: Edit,
  ): Promise<ReadDocument<CompiledTemplate, TemplateSummary>> {
    return this.use.dataSource.transaction(async (manager) => {
      await this.use.repository.lock(manager, this.kind, name);
      const found = await this.library.get(`${name}@${version}`, manager);
      edit.match?.(found);
      if (!(await this.use.repository.activate(manager, this.kind, name, version)))
        throw DocumentStoreError.notDraft(this.kind, name, version, statusOf(found));
      await this.use.events.emit(manager, templateActivated(identityOf(found)));
      await this.record(manager, 'activate', [found], edit);
      return this.library.get(`${name}@${version}`, manager);
    });
  }
}
