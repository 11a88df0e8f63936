import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { parseYamlDocument, type DocumentKind } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { LANGUAGES, type Language } from '../writing/language.js';
import type { CompiledLanguage, CompiledTemplate } from './compiled-template.js';
import { LanguageCompiler, type TemplateProblem } from './language-compiler.js';
import { inputProblem } from './inputs.js';
import {
  templateDocument,
  type LanguageTexts,
  type LocaleTexts,
  type TemplateDocument,
} from './template.schema.js';
import type { VariableName } from './variables.js';

/**
 * Reads a template from YAML text.
 * @param source what to call the text in errors, usually its file
 * @throws DocumentError naming the line of everything that is wrong, inside the Liquid texts too
 */
export function parseTemplate(text: string, source: string): CompiledTemplate {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const schema = templateDocument.transform((document, context) => {
    const { template, problems } = compileTemplate(document, sha256);
    for (const { path, message } of problems) {
      context.issues.push({
        code: 'custom',
        path: [...path],
        message,
        input: document,
      } satisfies z.core.$ZodRawIssue);
    }
    return template;
  });
  return parseYamlDocument(text, source, schema);
}

/** What lists show of a template and filter it by. */
export interface TemplateSummary {
  title: string;
  description: string;
  tags: readonly string[];
  languages: readonly Language[];
  default_language: Language;
  variables: readonly VariableName[];
}

/** Templates, as documents. */
export const TEMPLATES: DocumentKind<CompiledTemplate, TemplateSummary> = {
  kind: 'template',
  folder: join(PROJECT_ROOT, 'templates'),
  parse: parseTemplate,
  facts: ({ id, version, sha256, ...template }) => ({
    name: id,
    version,
    sha256,
    summary: {
      title: template.title,
      description: template.description,
      tags: template.tags,
      languages: [...template.languages.keys()],
      default_language: template.defaultLanguage,
      variables: template.variables,
    },
  }),
};

/** The texts of a language as a locale has them. */
function variantOf(texts: LanguageTexts, variant: LocaleTexts): LanguageTexts {
  return {
    caption: variant.caption ?? texts.caption,
    alt_text: variant.alt_text ?? texts.alt_text,
    hashtags: variant.hashtags ?? texts.hashtags,
    variations: texts.variations,
    terms: { ...texts.terms, ...variant.terms },
    phrases: { ...texts.phrases, ...variant.phrases },
  };
}

function compileTemplate(
  document: TemplateDocument,
  sha256: string,
): { template: CompiledTemplate; problems: TemplateProblem[] } {
  const problems: TemplateProblem[] = [];
  const read = new Set<VariableName>();
  const { inputs = {} } = document;
  const readInputs = new Set<string>();
  const declared = { variables: document.variables, inputs };
  const compile = (language: Language, texts: LanguageTexts, base?: string[]): CompiledLanguage => {
    const compiler = new LanguageCompiler(language, texts, declared, base);
    const compiled = compiler.compile();
    problems.push(...compiler.problems);
    for (const name of compiler.readVariables) read.add(name);
    for (const name of compiler.readInputs) readInputs.add(name);
    return compiled;
  };
  const languages = new Map<Language, CompiledLanguage>();
  for (const language of LANGUAGES) {
    const texts = document.languages[language];
    if (texts !== undefined) languages.set(language, compile(language, texts));
  }
  const locales = new Map<string, CompiledLanguage>();
  for (const [locale, variant] of Object.entries(document.locales ?? {})) {
    const language = locale.startsWith('es') ? 'es' : 'en';
    const texts = document.languages[language];
    if (texts === undefined)
      problems.push({ path: ['locales', locale], message: `languages has no ${language} to vary` });
    else if (problems.length === 0)
      locales.set(locale, compile(language, variantOf(texts, variant), ['locales', locale]));
  }
  for (const [name, input] of Object.entries(inputs)) {
    const wrong = input.default === undefined ? undefined : inputProblem(input, input.default);
    if (wrong !== undefined) problems.push({ path: ['inputs', name, 'default'], message: wrong });
    if (!readInputs.has(name) && problems.length === 0)
      problems.push({ path: ['inputs', name], message: `no text reads input.${name}` });
  }
  if (!languages.has(document.default_language)) {
    problems.push({
      path: ['default_language'],
      message: `languages has no ${document.default_language}; it must be one of those below`,
    });
  }
  for (const [index, name] of document.variables.entries()) {
    const message = `no text reads ${name}`;
    if (!read.has(name) && problems.length === 0) problems.push({ path: ['variables', index], message });
  }
  const template: CompiledTemplate = {
    document,
    id: document.id,
    version: String(document.version),
    title: document.title,
    description: document.description,
    tags: document.tags ?? [],
    sha256,
    digest: sha256.slice(0, 16),
    variables: document.variables,
    inputs,
    defaultLanguage: document.default_language,
    languages,
    locales,
  };
  return { template, problems };
}
