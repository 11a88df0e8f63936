import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { DocumentLibrary, DocumentsRepository } from '../../../core/documents/index.js';
import { ContentError } from '../content.errors.js';
import type { DraftBatchJob } from '../draft-record.js';
import type { CompiledTemplate } from './compiled-template.js';
import { TEMPLATES, type TemplateSummary } from './template.loader.js';

/** The templates of this installation. */
@Injectable()
export class TemplateLibrary extends DocumentLibrary<CompiledTemplate, TemplateSummary> {
  constructor(@InjectDataSource() dataSource: DataSource, repository: DocumentsRepository) {
    super(TEMPLATES, dataSource, repository);
  }
}

/**
 * The template that a batch was asked of, in exactly that text.
 * @throws ContentError `template_lost` where nobody has it any more: batches of before there was a store
 */
export async function templateOf(
  templates: TemplateLibrary,
  {
    template,
    template_version,
    template_digest,
  }: Pick<DraftBatchJob, 'template' | 'template_version' | 'template_digest'>,
): Promise<CompiledTemplate> {
  const found = await templates.version(template, { version: template_version, sha256: template_digest });
  if (found !== undefined) return found.value;
  const message = `version ${template_version} of ${template} was asked for, and is no longer there as it was; ask again`;
  throw new ContentError('conflict', 'template_lost', message);
}
