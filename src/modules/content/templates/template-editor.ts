import { Injectable } from '@nestjs/common';
import { DocumentEditing, DocumentEditor } from '../../../core/documents/index.js';
import type { CompiledTemplate } from './compiled-template.js';
import { TemplateLibrary } from './template-library.js';
import type { TemplateSummary } from './template.loader.js';

/** Changes the templates of this installation. */
@Injectable()
export class TemplateEditor extends DocumentEditor<CompiledTemplate, TemplateSummary> {
  // oxlint-disable-next-line no-useless-constructor -- the container reads the types of its parameters
  constructor(library: TemplateLibrary, editing: DocumentEditing) {
    super(library, editing);
  }
}
