import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { parseYamlDocument, type DocumentKind } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { LANGUAGES, type Language } from '../writing/language.js';
import type { CompiledLanguage, CompiledTemplate } from './compiled-template.js';
import { LanguageCompiler, type TemplateProblem } from './language-compiler.js';
import { templateDocument, type TemplateDocument } from './template.schema.js';
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

function compileTemplate(
  document: TemplateDocument,
  sha256: string,
): { template: CompiledTemplate; problems: TemplateProblem[] } {
  const problems: TemplateProblem[] = [];
  const read = new Set<VariableName>();
  const languages = new Map<Language, CompiledLanguage>();
  for (const language of LANGUAGES) {
    const texts = document.languages[language];
    if (texts === undefined) continue;
    const compiler = new LanguageCompiler(language, texts, document.variables);
    languages.set(language, compiler.compile());
    problems.push(...compiler.problems);
    for (const name of compiler.readVariables) read.add(name);
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
    defaultLanguage: document.default_language,
    languages,
  };
  return { template, problems };
}
