import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import type { FieldIssue } from '../../../core/errors/index.js';
import { BotsError } from '../bots.errors.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Patterns take linear time, whoever wrote them. */
const LINEAR = Object.assign(
  (pattern: string) => {
    const expression = RE2JS.compile(pattern);
    return { test: (text: string): boolean => expression.matcher(text).find(), toString: () => pattern };
  },
  { code: 'linear' },
);

/** @throws Error when it is no JSON Schema of 2020-12 */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  return new Ajv2020({
    code: { regExp: LINEAR },
    strict: true,
    strictTypes: false,
    allErrors: true,
    useDefaults: true,
    verbose: true,
  }).compile(schema);
}

/**
 * Holds a configuration against the schema of its blueprint.
 * @returns it with the defaults of the schema
 * @throws BotsError `bot_invalid` naming every field that is wrong
 */
export function checkConfiguration(schema: JsonSchema, configuration: object): object {
  const checked = structuredClone(configuration);
  const validate = compileSchema(schema);
  if (!validate(checked)) throw BotsError.fields((validate.errors ?? []).slice(0, 20).map(issueOf));
  return checked;
}

function issueOf(error: ErrorObject): FieldIssue {
  const { instancePath, keyword, params, message = 'is refused' } = error;
  const path = instancePath.replaceAll('/', '.');
  const named = (name: unknown): string => `configuration${path}.${String(name)}`.slice(0, 200);
  const given = params as Record<string, unknown>;
  if (keyword === 'additionalProperties')
    return { field: named(given['additionalProperty']), message: unknownMessage(error) };
  if (keyword === 'required') return { field: named(given['missingProperty']), message: 'is needed' };
  const choices = Array.isArray(given['allowedValues']) ? `: ${given['allowedValues'].join(', ')}` : '';
  return { field: `configuration${path}`.slice(0, 200), message: `${message}${choices}`.slice(0, 300) };
}

/** Says which fields there are, where one is not. */
function unknownMessage({ parentSchema }: ErrorObject): string {
  const { properties = {} } = (parentSchema ?? {}) as { properties?: object };
  const names = Object.keys(properties);
  return names.length === 0
    ? 'is not known here: nothing can be configured'
    : `is not known here; accepted: ${names.join(', ')}`.slice(0, 300);
}
