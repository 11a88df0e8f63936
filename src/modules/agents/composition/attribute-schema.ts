import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import { groupPeople } from '../fitting/groups.js';
import { isBuiltIn, type Composition } from './composition.js';
import { InvalidComposition } from './findings.js';
import type { FittedLevels } from './fit-composition.js';
import { rangeOf } from './ranges.js';

/** Patterns of a schema take linear time, as those of policies do. */
const LINEAR = Object.assign(
  (pattern: string) => {
    const expression = RE2JS.compile(pattern);
    // The compiler of schemas tells patterns apart by their texts.
    return { test: (text: string): boolean => expression.matcher(text).find(), toString: () => pattern };
  },
  { code: 'linear' },
);

/**
 * Holds the attributes of all agents against a JSON Schema: every combination of levels that somebody has, with ranges
 * at both their ends.
 * @throws InvalidComposition naming the attribute, or what is wrong with the schema
 */
export function requireSchema(
  { attributes }: Composition,
  schema: Readonly<Record<string, unknown>>,
  levels: FittedLevels,
  count: number,
): void {
  const validate = compiled(schema);
  const own = [...attributes.keys()].filter((place) => !isBuiltIn(attributes[place]?.name ?? ''));
  const radixes = own.map((place) => attributes[place]?.levels.length as number);
  const columns = own.map((place) => levels[place] as Uint8Array);
  for (const at of groupPeople(count, columns, radixes).levels) {
    for (const end of [0, 1] as const) {
      const values = own.map((place, i) => {
        const { kind, levels: texts } = attributes[place] as Composition['attributes'][number];
        const text = texts[at[i] as number] as string;
        return kind === 'range' ? (rangeOf(text)?.[end] ?? text) : text;
      });
      const agent = Object.fromEntries(own.map((place, i) => [attributes[place]?.name as string, values[i]]));
      if (!validate(agent)) throw broken(agent, validate.errors ?? []);
    }
  }
}

function compiled(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  try {
    return new Ajv2020({ code: { regExp: LINEAR }, strict: true, strictTypes: false }).compile(schema);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InvalidComposition([{ path: ['schema'], message: `is no JSON Schema of 2020-12: ${message}` }]);
  }
}

function broken(agent: object, [error]: readonly ErrorObject[]): InvalidComposition {
  const [, name] = error?.instancePath.split('/') ?? [];
  const path = name === undefined ? ['schema'] : ['attributes', name];
  const message = `${JSON.stringify(agent)} does not meet the schema: ${error?.message ?? 'it is refused'}`;
  return new InvalidComposition([{ path, message }]);
}
