import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DocumentError, parseYamlDocument } from '../documents/yaml-document.js';
import type { FieldIssue } from '../errors/index.js';
import { PROJECT_ROOT } from '../project.js';
import { environmentSchema, isSecret, NAMES, type EnvironmentName } from './config.schema.js';

/** The values of one profile, as texts. */
export type Profile = Partial<Record<EnvironmentName, string>>;

const SHIPPED = 'config/settings.yaml';

export interface Settings {
  /** How the file is called in what people read. */
  source: string;
  profiles: Record<string, Profile>;
  issues: FieldIssue[];
}

/** These choose the file and the profile and cannot stand in it. */
const CHOOSERS: ReadonlySet<EnvironmentName> = new Set(['AZT3KNET_ENVIRONMENT', 'AZT3KNET_SETTINGS_FILE']);

/** A value of a profile: what its variable takes, checked here so that a mistake has a line. */
function entry(name: EnvironmentName): z.ZodType<string> {
  return z
    .union([z.string(), z.number(), z.boolean()], 'expected a text, a number, true or false')
    .transform((value, context) => {
      const text = String(value);
      const parsed = environmentSchema.shape[name].safeParse(text);
      for (const issue of parsed.error?.issues ?? []) context.addIssue(issue.message);
      return text;
    });
}

const refused = (message: string) => z.never(message).optional();

const profileSchema = z.strictObject(
  Object.fromEntries(
    NAMES.map((name) => {
      if (CHOOSERS.has(name)) return [name, refused('belongs into the environment or .env')] as const;
      if (isSecret(name)) return [name, refused(`is a secret: use ${name}_FILE or the environment`)] as const;
      return [name, entry(name).optional()] as const;
    }),
  ),
);

/** An environment without anything of its own may be written as `staging:`. */
const profile = profileSchema.nullish().transform((values) => values ?? {});

const settingsSchema = z
  .strictObject({ development: profile, staging: profile, production: profile })
  .nullable()
  .transform((settings) => settings ?? {});

function placed(error: DocumentError): FieldIssue[] {
  return error.places.map(({ field, message, line, column }) => ({
    field: field.split('.').at(-1) ?? '',
    message: `${message} (${error.source}:${line}:${column})`,
  }));
}

/**
 * Reads the profiles.
 * @param given what AZT3KNET_SETTINGS_FILE says; without it, the file that comes with the product
 */
export function readSettings(given: string | undefined, cwd: string): Settings {
  const path = given === undefined ? join(PROJECT_ROOT, SHIPPED) : resolve(cwd, given);
  const source = given ?? SHIPPED;
  try {
    if (given === undefined && !existsSync(path)) return { source, profiles: {}, issues: [] };
    const profiles = parseYamlDocument(readFileSync(path, 'utf8'), source, settingsSchema);
    return { source, profiles, issues: [] };
  } catch (error) {
    if (error instanceof DocumentError) return { source, profiles: {}, issues: placed(error) };
    const message = `${source} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`;
    return { source, profiles: {}, issues: [{ field: 'AZT3KNET_SETTINGS_FILE', message }] };
  }
}
