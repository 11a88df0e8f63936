import { Injectable } from '@nestjs/common';
import { declareDocumentEvents, DocumentEditing, DocumentEditor } from '../../../core/documents/index.js';
import type { CompiledTemplate } from './compiled-template.js';
import { TemplateLibrary } from './template-library.js';
import type { TemplateSummary } from './template.loader.js';

const EVENTS = declareDocumentEvents('template', 'templates:read');

/** Changes the templates of this installation. */
@Injectable()
export class TemplateEditor extends DocumentEditor<CompiledTemplate, TemplateSummary> {
  constructor(library: TemplateLibrary, editing: DocumentEditing) {
    super(library, EVENTS, editing);
  }
}
