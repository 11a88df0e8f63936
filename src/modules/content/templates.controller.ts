import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  DocumentBody,
  DocumentParams,
  DocumentQuery,
  DocumentResource,
  editOf,
  RetireQuery,
  tagOf,
  VersionsQuery,
} from '../../core/documents/index.js';
import { CurrentCaller, IfMatch, Route, YAML_TYPES, type Caller } from '../../core/http/index.js';
import {
  ActivateBody,
  AddTemplateQuery,
  TEMPLATE_EXAMPLE,
  checkedTemplate,
  CheckedTemplate,
  PreviewBody,
  Template,
  TemplateDiff,
  templateDiffDto,
  TemplateDiffQuery,
  templateDto,
  templateEntry,
  TemplatePage,
  templatePreviewDto,
  TemplatePreviewDto,
  TemplatesQuery,
  TemplateVersionPage,
} from './dto/template.dto.js';
import type { CompiledTemplate } from './templates/compiled-template.js';
import { TemplateEditor } from './templates/template-editor.js';
import { TemplateLibrary } from './templates/template-library.js';
import { TemplatePreviews } from './templates/template-previews.js';
import type { TemplateSummary } from './templates/template.loader.js';

@Controller('templates')
@Route.group('templates')
export class TemplatesController {
  private readonly resource: DocumentResource<CompiledTemplate, TemplateSummary>;

  constructor(
    private readonly library: TemplateLibrary,
    private readonly previews: TemplatePreviews,
    private readonly editor: TemplateEditor,
  ) {
    this.resource = new DocumentResource('templates', library, editor);
  }

  @Get()
  @Route({
    summary: 'The current versions of the templates, or the highest drafts or archived versions.',
    permission: 'templates:read',
    query: TemplatesQuery,
    answers: { 200: TemplatePage },
  })
  async list(@Query() { limit, cursor, sort, ...filter }: TemplatesQuery): Promise<TemplatePage> {
    const { name, tag, language, status } = filter;
    const summary = {
      ...(tag !== undefined && { tags: [tag] }),
      ...(language !== undefined && { languages: [language] }),
    };
    const { documents, next } = await this.library.list({ name, summary, status }, { sort, cursor, limit });
    return { synthetic: true, templates: documents.map((each) => templateEntry(each)), next_cursor: next };
  }

  @Get(':name')
  @Route({
    summary: 'A template in full: its current version, or one of those it had.',
    permission: 'templates:read',
    params: DocumentParams,
    query: DocumentQuery,
    answers: { 200: Template },
  })
  async get(
    @Param() { name }: DocumentParams,
    @Query() query: DocumentQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Template> {
    return templateDto(await this.resource.read(name, query, reply));
  }

  @Get(':name/versions')
  @Route({
    summary: 'The versions of a template, the newest first, retired ones among them.',
    permission: 'templates:read',
    params: DocumentParams,
    query: VersionsQuery,
    answers: { 200: TemplateVersionPage },
  })
  async versions(
    @Param() { name }: DocumentParams,
    @Query() query: VersionsQuery,
  ): Promise<TemplateVersionPage> {
    const { documents, next } = await this.library.versions(name, query);
    return { synthetic: true, versions: documents.map((each) => templateEntry(each)), next_cursor: next };
  }

  @Get(':name/diff')
  @Route({
    summary: 'What changed between two versions of a template.',
    permission: 'templates:read',
    params: DocumentParams,
    query: TemplateDiffQuery,
    answers: { 200: TemplateDiff },
  })
  async diff(
    @Param() { name }: DocumentParams,
    @Query() { from, to }: TemplateDiffQuery,
  ): Promise<TemplateDiff> {
    const earlier = await this.library.get(`${name}@${from}`);
    return templateDiffDto(earlier, await this.library.get(to === undefined ? name : `${name}@${to}`));
  }

  @Post()
  @Route({
    summary: 'Adds a template.',
    description: 'The same document again answers 200 with what is there.',
    permission: 'templates:write',
    query: AddTemplateQuery,
    body: DocumentBody,
    bodyExample: { content: TEMPLATE_EXAMPLE },
    bodyTypes: YAML_TYPES,
    answers: { 200: Template, 201: Template },
  })
  async add(
    @Body() body: DocumentBody,
    @Query() { status }: AddTemplateQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Template> {
    return templateDto(await this.resource.add(body, caller, reply, status === 'draft'));
  }

  @Post('check')
  @Route({
    summary: 'Says what is wrong with a template, without keeping it.',
    permission: 'templates:read',
    body: DocumentBody,
    bodyExample: { content: TEMPLATE_EXAMPLE },
    bodyTypes: YAML_TYPES,
    answers: { 200: CheckedTemplate },
  })
  async check(@Body() body: DocumentBody): Promise<CheckedTemplate> {
    return checkedTemplate(await this.resource.check(body));
  }

  @Post(':name/preview')
  @Route({
    summary: 'Shows what a template makes, without keeping it.',
    description:
      'As an agent that is there, it is the very draft that the same seed and index give; else a sample agent writes, ' +
      'changed as the request says.',
    permission: 'templates:read',
    params: DocumentParams,
    body: PreviewBody,
    answers: { 200: TemplatePreviewDto },
  })
  async preview(
    @Param() { name }: DocumentParams,
    @Body() { version, sample, ...body }: PreviewBody,
  ): Promise<TemplatePreviewDto> {
    const template = version === undefined ? name : `${name}@${version}`;
    const changed = Object.entries(sample ?? {}).filter(([, value]) => value !== undefined);
    return templatePreviewDto(
      await this.previews.preview({ ...body, template, sample: Object.fromEntries(changed) }),
    );
  }

  @Put(':name')
  @Route({
    summary: 'Gives a template a newer version.',
    description:
      'Its version must be higher than every version so far; drafts keep the one they were made with.',
    permission: 'templates:write',
    params: DocumentParams,
    query: AddTemplateQuery,
    body: DocumentBody,
    bodyExample: { content: TEMPLATE_EXAMPLE },
    bodyTypes: YAML_TYPES,
    ifMatch: true,
    answers: { 200: Template },
  })
  async replace(
    @Param() { name }: DocumentParams,
    @Body() body: DocumentBody,
    @Query() { status }: AddTemplateQuery,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Template> {
    const edit = { ...editOf(ifMatch, caller), draft: status === 'draft' };
    return templateDto(await this.resource.replace(name, body, edit, reply));
  }

  @Post(':name/activate')
  @Route({
    summary: 'Makes a draft of a template active; If-Match is the ETag of that version.',
    description: 'It is the current version from then on, unless a higher one is active.',
    permission: 'templates:write',
    params: DocumentParams,
    body: ActivateBody,
    ifMatch: true,
    answers: { 200: Template },
  })
  async activate(
    @Param() { name }: DocumentParams,
    @Body() { version, note }: ActivateBody,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Template> {
    const document = await this.editor.activate(name, version, { ...editOf(ifMatch, caller), note });
    void reply.header('ETag', tagOf(document));
    return templateDto(document);
  }

  @Delete(':name')
  @Route({
    summary:
      'Archives a template: it can still be read and named by its version, and is no longer the current one.',
    description:
      'Every version that was given, or one of them. What comes with the product cannot be retired.',
    permission: 'templates:write',
    params: DocumentParams,
    query: RetireQuery,
    ifMatch: true,
    answers: { 204: null },
  })
  retire(
    @Param() { name }: DocumentParams,
    @Query() query: RetireQuery,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.resource.retire(name, query, ifMatch, caller);
  }
}
