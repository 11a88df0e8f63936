import { z } from 'zod';

const PLACEHOLDER = /\{\{ ([a-z][a-z0-9_]{0,63}) \}\}/g;
const variable = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'expected a name such as city');

const promptShape = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, 'expected lower-case letters, digits and underscores')
    .describe('Name of the prompt, that of its file.'),
  version: z
    .string()
    .regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}$/, 'expected a version such as 1.0.0')
    .describe('Semantic version; a change of the text raises it.'),
  title: z.string().min(1).max(200),
  description: z.string().max(2_000).optional(),
  variables: z.array(variable).max(50).describe('What `{{ name }}` in the messages stands for.'),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['system', 'user', 'assistant']),
        content: z.string().min(1).max(100_000),
      }),
    )
    .min(1)
    .max(50),
});

/** The names that stand between braces in a text. */
function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

/** A prompt file. Beyond its shape: its messages have the declared variables, all of them and no others. */
export const promptSchema = promptShape.superRefine(({ variables, messages }, context) => {
  const report = (path: PropertyKey[], message: string): void =>
    context.addIssue({ code: 'custom', path, message });
  const used = new Set<string>();
  messages.forEach(({ content }, at) => {
    for (const name of placeholders(content)) {
      used.add(name);
      if (!variables.includes(name)) report(['messages', at, 'content'], `${name} is not declared`);
    }
  });
  variables.forEach((name, at) => {
    if (!used.has(name)) report(['variables', at], `${name} is in no message`);
    if (variables.indexOf(name) !== at) report(['variables', at], `${name} is declared already`);
  });
});
export type Prompt = z.infer<typeof promptSchema>;

/** A text with values in the place of its variables; what stands between braces in a value stays there. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '');
}

/** The JSON Schema of a prompt file, for editors; published as docs/schemas/prompt.schema.json. */
export function promptJsonSchema(): object {
  return { ...z.toJSONSchema(promptShape), $id: 'prompt.schema.json', title: 'Azt3kNet prompt' };
}
