import { join } from 'node:path';
import { DocumentReader, parseYamlDocument, type DocumentKind } from '../../documents/index.js';
import { PROJECT_ROOT } from '../../project.js';
import { sha256Of } from '../call-key.js';
import type { Message } from '../llm.types.js';
import { filled, promptSchema, type Prompt } from './prompt.schema.js';

/** Prompts, as documents: files of the folder `prompts`, whose digests integrity.json has. */
export const PROMPTS: DocumentKind<Prompt> = {
  kind: 'prompt',
  folder: join(PROJECT_ROOT, 'prompts'),
  parse: (text, source) => parseYamlDocument(text, source, promptSchema),
  facts: (prompt) => ({
    name: prompt.id,
    version: prompt.version,
    sha256: sha256Of(prompt),
    summary: { title: prompt.title },
  }),
};

const reader = new DocumentReader(PROMPTS);

/** Messages with what they were made from. */
export interface RenderedPrompt {
  messages: Message[];
  name: string;
  version: string;
  sha256: string;
}

/**
 * A prompt that comes with the product, with values for its variables.
 * @throws Error where there is no such prompt, or a variable has no value
 */
export function renderPrompt(name: string, values: Readonly<Record<string, string>>): RenderedPrompt {
  const prompt = reader.shippedAs(name);
  if (prompt === undefined) throw new Error(`there is no prompt ${name}`);
  const missing = prompt.value.variables.filter((variable) => values[variable] === undefined);
  if (missing.length > 0) throw new Error(`the prompt ${name} needs ${missing.join(', ')}`);
  const messages = prompt.value.messages.map(({ role, content }) => ({
    role,
    content: filled(content, values).trim(),
  }));
  return { messages, name, version: prompt.version, sha256: prompt.sha256 };
}
