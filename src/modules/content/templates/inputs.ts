import { z } from 'zod';
import { ContentError } from '../content.errors.js';
import type { InputValue } from '../writing/draft-context.js';

/** How many inputs a template may declare. */
const INPUTS_MAX = 20;
/** The longest text of an input, in UTF-16 units, and the most entries of a list. */
export const INPUT_TEXT_MAX = 500;
export const INPUT_LIST_MAX = 20;

const text = z.string().max(INPUT_TEXT_MAX);
const description = z.string().min(1).max(300).optional();

/** An input as a template declares it: its type, its limits, and a default where a request may leave it out. */
const input = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    max_length: z.int().min(1).max(INPUT_TEXT_MAX).optional(),
    default: text.optional(),
    description,
  }),
  z.strictObject({
    type: z.literal('integer'),
    min: z.int().optional(),
    max: z.int().optional(),
    default: z.int().optional(),
    description,
  }),
  z.strictObject({
    type: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
    default: z.number().optional(),
    description,
  }),
  z.strictObject({ type: z.literal('boolean'), default: z.boolean().optional(), description }),
  z.strictObject({
    type: z.literal('choice'),
    choices: z.array(text.min(1)).min(1).max(50),
    default: text.optional(),
    description,
  }),
  z.strictObject({
    type: z.literal('list'),
    default: z.array(text).max(INPUT_LIST_MAX).optional(),
    description,
  }),
]);

export const templateInputs = z
  .record(
    z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'an input is named in lower case: letters, digits and _'),
    input,
  )
  .refine((inputs) => Object.keys(inputs).length <= INPUTS_MAX, `at most ${INPUTS_MAX} inputs`)
  .describe('What a request gives to the texts, which read it as `input.<name>`.');

export type TemplateInput = z.output<typeof input>;
export type TemplateInputs = z.output<typeof templateInputs>;

/** What is wrong with a value for an input, or undefined. */
export function inputProblem(declared: TemplateInput, value: unknown): string | undefined {
  switch (declared.type) {
    case 'text': {
      const most = declared.max_length ?? INPUT_TEXT_MAX;
      return typeof value === 'string' && value.length <= most
        ? undefined
        : `must be a text of up to ${most} characters`;
    }
    case 'integer':
    case 'number': {
      const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = declared;
      const whole = declared.type === 'integer';
      const fits =
        typeof value === 'number' && (!whole || Number.isInteger(value)) && value >= min && value <= max;
      return fits ? undefined : `must be ${whole ? 'an integer' : 'a number'} from ${min} to ${max}`;
    }
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'choice':
      return declared.choices.some((choice) => choice === value)
        ? undefined
        : `must be one of ${declared.choices.join(', ')}`;
    case 'list':
    default:
      return Array.isArray(value) && value.length <= INPUT_LIST_MAX && value.every(isInputText)
        ? undefined
        : `must be a list of up to ${INPUT_LIST_MAX} texts of up to ${INPUT_TEXT_MAX} characters`;
  }
}

function isInputText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= INPUT_TEXT_MAX;
}

/** A value that fits an input: its default, else the least that fits. */
export function sampleInput(declared: TemplateInput): InputValue {
  if (declared.default !== undefined) return declared.default;
  switch (declared.type) {
    case 'text':
      return 'a text'.slice(0, declared.max_length);
    case 'integer':
    case 'number':
      return declared.min ?? Math.min(1, declared.max ?? 1);
    case 'boolean':
      return true;
    case 'choice':
      return declared.choices[0] ?? '';
    case 'list':
    default:
      return ['a text'];
  }
}

/**
 * The values that a request gives, in alphabetical order of their names; undefined where it gives none.
 * @throws ContentError `inputs_invalid`, naming everything that is unknown, missing or does not fit
 */
export function checkedInputs(
  declared: TemplateInputs,
  given: Readonly<Record<string, InputValue>> = {},
): Record<string, InputValue> | undefined {
  const names = Object.keys(declared);
  const issues: { field: string; message: string }[] = [];
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const known = names.length === 0 ? 'it has none' : `known are ${names.join(', ')}`;
    issues.push({ field: `inputs.${name}`, message: `is no input of the template; ${known}` });
  }
  for (const [name, each] of Object.entries(declared)) {
    const value = given[name];
    if (value === undefined && each.default !== undefined) continue;
    const message = inputProblem(each, value);
    if (message !== undefined) issues.push({ field: `inputs.${name}`, message });
  }
  if (issues.length > 0) {
    const message = issues.map((issue) => `${issue.field} ${issue.message}`).join('; ');
    throw new ContentError('invalid', 'inputs_invalid', message, issues);
  }
  const values = Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return values.length === 0 ? undefined : Object.fromEntries(values);
}
