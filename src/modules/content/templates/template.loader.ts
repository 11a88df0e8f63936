import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { DocumentError, parseYamlDocument } from '../../../core/documents/index.js';
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
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const schema = templateDocument.transform((document, context) => {
    const { template, problems } = compileTemplate(document, digest);
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

/**
 * Reads every template of a folder, by id.
 * @throws DocumentError where one is wrong, or is not in the file of its name (`<id>.yaml`)
 */
export function loadTemplates(directory: string): ReadonlyMap<string, CompiledTemplate> {
  const templates = new Map<string, CompiledTemplate>();
  for (const file of readdirSync(directory).toSorted()) {
    if (!/\.ya?ml$/u.test(file)) continue;
    const path = join(directory, file);
    const template = parseTemplate(readFileSync(path, 'utf8'), path);
    if (basename(file, '.yaml') !== template.id) {
      const message = `the template ${template.id} belongs into a file named ${template.id}.yaml`;
      throw new DocumentError(path, [{ field: 'id', message, line: 1, column: 1 }]);
    }
    templates.set(template.id, template);
  }
  return templates;
}

function compileTemplate(
  document: TemplateDocument,
  digest: string,
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
    id: document.id,
    version: String(document.version),
    title: document.title,
    description: document.description,
    digest,
    variables: document.variables,
    defaultLanguage: document.default_language,
    languages,
  };
  return { template, problems };
}
