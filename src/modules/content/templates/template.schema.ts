import { z } from 'zod';
import { documentTags } from '../../../core/documents/index.js';
import { TONES } from '../../agents/index.js';
import { SOURCE_MAX_LENGTH } from './liquid-sandbox.js';
import { templateInputs } from './inputs.js';
import { VARIABLES } from './variables.js';

/** How many variations of its caption a draft may have. */
export const VARIATIONS_MIN = 1;
export const VARIATIONS_MAX = 5;
/** How many phrases a language may have. */
const PHRASES_MAX = 200;
/** How many locales a template may have variants for. */
const LOCALES_MAX = 20;

const liquid = z
  .string()
  .max(SOURCE_MAX_LENGTH)
  .describe('A Liquid text; it may read the declared variables and the phrases above it.');

const alternative = z
  .union(
    [
      liquid,
      z.strictObject({
        text: liquid,
        tones: z.array(z.enum(TONES)).min(1).describe('The tones of voice that may use this text.'),
      }),
    ],
    { error: `expected a Liquid text, or {text, tones} with tones among ${TONES.join(', ')}` },
  )
  .describe('A text for every tone, or one for the tones that it names.');

const alternatives = z.array(alternative).min(1).max(200);

const textOrAlternatives = z
  .union([liquid, alternatives], { error: 'expected a Liquid text, or a list of alternatives' })
  .describe('One text, or alternatives of which the seed draws one.');

const variations = z
  .union(
    [
      z.array(alternative).min(VARIATIONS_MIN).max(VARIATIONS_MAX),
      z.strictObject({
        count: z.int().min(VARIATIONS_MIN).max(VARIATIONS_MAX),
        alternatives: alternatives.optional(),
      }),
    ],
    {
      error: `expected a list of ${VARIATIONS_MIN} to ${VARIATIONS_MAX} texts, or {count, alternatives} with count from ${VARIATIONS_MIN} to ${VARIATIONS_MAX}`,
    },
  )
  .describe(
    'Other captions for the same draft: a list gives one text each in its order; a count draws each from its ' +
      'alternatives, or from those of the caption.',
  );

const languageFields = {
  terms: z
    .record(z.string().min(1), z.string().min(1).max(100))
    .optional()
    .describe('How interests are called in this language, by their lower-case name in the profile.'),
  phrases: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, 'a phrase is named in lower case: letters, digits and _'),
      alternatives,
    )
    .refine((phrases) => Object.keys(phrases).length <= PHRASES_MAX, `at most ${PHRASES_MAX} phrases`)
    .optional()
    .describe('Named lists of alternatives; a text that reads the name gets the one that the seed drew.'),
  caption: textOrAlternatives,
  alt_text: textOrAlternatives,
  hashtags: z.array(liquid).min(1).max(30),
};

const languageTexts = z.strictObject({ ...languageFields, variations });

const localeTexts = z
  .strictObject(languageFields)
  .partial()
  .describe(
    'What is said otherwise in a locale: terms and phrases replace those of the same name, the rest the whole text of ' +
      'the language.',
  );

/** A template as its YAML file has it. */
export const templateDocument = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,63}$/, 'an id is 1 to 64 of a-z, 0-9 and _, beginning with a letter'),
    version: z
      .union([z.int().min(1), z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/)], {
        error: 'expected a version such as 1.0.0, or an integer from 1',
      })
      .describe('To be raised with every change that changes a draft.'),
    title: z.string().min(1).max(120),
    description: z.string().min(1).max(1_000),
    tags: documentTags.optional(),
    default_language: z.enum(['en', 'es']).describe('For agents whose locale is of no language below.'),
    variables: z
      .array(z.enum(VARIABLES))
      .max(VARIABLES.length)
      .describe('What the texts read of an agent and of what they are about; nothing else reaches them.'),
    inputs: templateInputs.optional(),
    languages: z
      .strictObject({ en: languageTexts.optional(), es: languageTexts.optional() })
      .describe('The texts, by language.'),
    locales: z
      .record(
        z.string().regex(/^(?:en|es)-[A-Z]{2}$/, 'a locale is en or es and a country, such as es-AR'),
        localeTexts,
      )
      .refine((locales) => Object.keys(locales).length <= LOCALES_MAX, `at most ${LOCALES_MAX} locales`)
      .optional()
      .describe('Variants of a language, for agents of exactly that locale.'),
  })
  .describe('An Azt3kNet content template: a versioned text with variables from which drafts are made.');

export type TemplateDocument = z.output<typeof templateDocument>;
export type LanguageTexts = z.output<typeof languageTexts>;
export type LocaleTexts = z.output<typeof localeTexts>;
export type AlternativeDocument = z.output<typeof alternative>;

/** The published JSON Schema of a template file. */
export function templateJsonSchema(): object {
  return z.toJSONSchema(templateDocument, { io: 'input' });
}
