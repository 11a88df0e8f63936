import { z } from 'zod';
import {
  DOCUMENT_STATUSES,
  documentFields,
  documentsQuery,
  statusOf,
  versionDto,
  versionFields,
  type DocumentVersion,
  type ReadDocument,
} from '../../../core/documents/index.js';
import { API_PREFIX, links, page, seed, synthetic, uuid, wire } from '../../../core/http/index.js';
import { GENDERS, MAX_AGE, MIN_AGE, POSTING_CADENCES, TONES } from '../../agents/index.js';
import { decisionAction, RuleMatchDto } from '../../compliance/index.js';
import type { CompiledTemplate } from '../templates/compiled-template.js';
import { diffTemplates } from '../templates/template-diff.js';
import type { TemplatePreview } from '../templates/template-previews.js';
import type { TemplateSummary } from '../templates/template.loader.js';
import { templateDocument, VARIATIONS_MAX, VARIATIONS_MIN } from '../templates/template.schema.js';
import { LANGUAGES } from '../writing/language.js';
import { contextFields, draftScores, scoresDto, variation } from './draft.dto.js';

const language = z.enum(LANGUAGES).meta({ examples: ['es'] });

const status = z.enum(DOCUMENT_STATUSES).meta({
  description:
    '`draft`: chosen only by its version. `active`: the highest active version is the current one. `archived`: retired.',
});

const summaryFields = {
  status,
  title: z.string().meta({ examples: ['Street art campaign'] }),
  description: z.string(),
  tags: z.array(z.string()),
  languages: z.array(language),
  default_language: language,
  variables: z.array(z.string()).meta({ examples: [['agent.city']] }),
};

export const TemplatesQuery = documentsQuery({
  language: language.optional(),
  status: status
    .default('active')
    .meta({ description: 'Of each template the highest version with this status.' }),
});
export type TemplatesQuery = z.infer<typeof TemplatesQuery>;

export const AddTemplateQuery = z.strictObject({
  status: z
    .enum(['draft', 'active'])
    .default('active')
    .meta({ description: 'A draft can be tried by its version, and is activated later.' }),
});
export type AddTemplateQuery = z.infer<typeof AddTemplateQuery>;

export const ActivateBody = wire(
  'TemplateActivation',
  z.strictObject({
    version: z
      .string()
      .max(50)
      .meta({ description: 'The draft.', examples: ['1.1.0'] }),
    note: z.string().max(500).optional().meta({ description: 'Why, for the audit.' }),
  }),
);
export type ActivateBody = z.infer<typeof ActivateBody>;

const diffedVersion = z
  .string()
  .max(50)
  .meta({ examples: ['1.0.0'] });

export const TemplateDiffQuery = z.strictObject({
  from: diffedVersion.meta({ description: 'The version to start from.' }),
  to: diffedVersion.optional().meta({ description: 'The version to go to; the current one without it.' }),
});
export type TemplateDiffQuery = z.infer<typeof TemplateDiffQuery>;

export const TemplateDiff = wire(
  'TemplateDiff',
  z
    .strictObject({
      synthetic,
      name: z.string(),
      from: z.string(),
      to: z.string(),
      changes: z.array(
        z.strictObject({
          path: z.string().meta({ examples: ['languages.es.phrases.scene'] }),
          change: z.enum(['added', 'removed', 'changed', 'reordered']),
          from: z.unknown().meta({ description: 'What was there; null where nothing was.' }),
          to: z.unknown().meta({ description: 'What is there; null where nothing is.' }),
        }),
      ),
    })
    .describe('What changed between two versions of a template; comments and layout count for nothing.'),
);
export type TemplateDiff = z.infer<typeof TemplateDiff>;

const TemplateEntry = wire(
  'TemplateEntry',
  z.strictObject({ ...versionFields, ...summaryFields, links }).describe('A template as lists show it.'),
);
type TemplateEntry = z.infer<typeof TemplateEntry>;

export const TemplatePage = page('TemplatePage', 'templates', TemplateEntry);
export type TemplatePage = z.infer<typeof TemplatePage>;

export const TemplateVersionPage = page('TemplateVersionPage', 'versions', TemplateEntry);
export type TemplateVersionPage = z.infer<typeof TemplateVersionPage>;

const TemplateDefinition = wire('TemplateDefinition', templateDocument);

export const Template = wire(
  'Template',
  z
    .strictObject({
      ...documentFields,
      ...summaryFields,
      content: z.string().meta({ description: 'The YAML text as it was given.' }),
      template: TemplateDefinition,
      links,
    })
    .describe('One version of a template, in full.'),
);
export type Template = z.infer<typeof Template>;

export const CheckedTemplate = wire(
  'CheckedTemplate',
  z
    .strictObject({
      synthetic,
      name: z.string(),
      version: z.string(),
      sha256: z.string(),
      template: TemplateDefinition,
    })
    .describe('A template that could be added as far as its text goes.'),
);
export type CheckedTemplate = z.infer<typeof CheckedTemplate>;

const text = (max: number) => z.string().min(1).max(max).optional();

const SampleAgent = wire(
  'SampleAgent',
  z
    .strictObject({
      name: text(100).meta({ examples: ['Ana Example'] }),
      country: text(2).meta({ examples: ['MX'] }),
      city: text(100).meta({ examples: ['Mexico City'] }),
      locale: text(35).meta({ examples: ['es-MX'] }),
      age: z.int().min(MIN_AGE).max(MAX_AGE).optional(),
      gender: z.enum(GENDERS).optional(),
      interests: z.array(z.string().min(1).max(60)).min(1).max(5).optional(),
      bio: text(160),
      posting_cadence: z.enum(POSTING_CADENCES).optional(),
      tone: z.enum(TONES).optional(),
    })
    .describe('What to change of the sample agent.'),
);

export const PreviewBody = wire(
  'PreviewRequest',
  z
    .strictObject({
      agent: uuid.optional().meta({ description: 'An agent that is there; else the sample agent writes.' }),
      sample: SampleAgent.optional(),
      version: z.string().max(50).optional().meta({ description: 'The current version without it.' }),
      seed: seed.optional(),
      index: z
        .int()
        .min(0)
        .max(0xffffffff)
        .default(0)
        .meta({ description: 'Which of the agent’s drafts with this seed.' }),
      variations: z.int().min(VARIATIONS_MIN).max(VARIATIONS_MAX).optional(),
      ...contextFields,
    })
    .refine(({ agent, sample }) => agent === undefined || sample === undefined, {
      path: ['sample'],
      error: 'has no place beside agent',
    }),
);
export type PreviewBody = z.infer<typeof PreviewBody>;

export const TemplatePreviewDto = wire(
  'TemplatePreview',
  z
    .strictObject({
      synthetic,
      template: z.string(),
      template_version: z.string(),
      sha256: z.string(),
      language,
      seed: z.string(),
      caption: z.string(),
      alt_text: z.string(),
      hashtags: z.array(z.string()),
      variations: z.array(variation),
      scores: draftScores,
      decision: z
        .strictObject({
          action: decisionAction,
          checked: z.boolean(),
          compliance_score: z.number(),
          labels: z.array(z.string()),
          matches: z.array(RuleMatchDto),
        })
        .meta({ description: 'What the guard would say; not kept.' }),
    })
    .describe('A draft that is not kept.'),
);
export type TemplatePreviewDto = z.infer<typeof TemplatePreviewDto>;

const ROOT = `/${API_PREFIX}/templates`;

export function templateEntry(document: DocumentVersion<TemplateSummary>): TemplateEntry {
  const { name, version, summary } = document;
  const { title, description, tags, languages, default_language, variables } = summary;
  return {
    ...versionDto(document),
    status: statusOf(document),
    title,
    description,
    tags: [...tags],
    languages: [...languages],
    default_language,
    variables: [...variables],
    links: {
      self: `${ROOT}/${name}?version=${version}`,
      versions: `${ROOT}/${name}/versions`,
      preview: `${ROOT}/${name}/preview`,
    },
  };
}

export function templateDto(document: ReadDocument<CompiledTemplate, TemplateSummary>): Template {
  const { content, value } = document;
  return { synthetic: true, ...templateEntry(document), content, template: value.document };
}

export function templateDiffDto(
  from: ReadDocument<CompiledTemplate, TemplateSummary>,
  to: ReadDocument<CompiledTemplate, TemplateSummary>,
): TemplateDiff {
  const changes = diffTemplates(from.value.document, to.value.document);
  return { synthetic: true, name: to.name, from: from.version, to: to.version, changes };
}

export function checkedTemplate({ id, version, sha256, document }: CompiledTemplate): CheckedTemplate {
  return { synthetic: true, name: id, version, sha256, template: document };
}

export function templatePreviewDto({ template, draft, assessment }: TemplatePreview): TemplatePreviewDto {
  const { caption, alt_text, hashtags, variations } = draft;
  const { action, compliance_score, labels, matches, scores } = assessment.evaluation;
  return {
    synthetic: true,
    template: template.name,
    template_version: template.version,
    sha256: template.sha256,
    language: draft.language,
    seed: draft.seed,
    caption,
    alt_text,
    hashtags,
    variations,
    scores: scoresDto(draft, scores?.heads ?? null),
    decision: { action, checked: assessment.checked, compliance_score, labels: [...labels], matches },
  };
}

/** A small template. */
export const TEMPLATE_EXAMPLE = `id: greeting
version: 1.0.0
title: Greeting
description: Says hello from a city.
tags: [greeting]
default_language: en
variables: [agent.city]
languages:
  en:
    phrases:
      opening: [Hi, Hello, Hey, Good day]
    caption: '{{ opening }} from {{ agent.city }}'
    alt_text: A city
    hashtags: ['{{ agent.city }}']
    variations: { count: 2 }
`;
