/** The languages in which drafts are written and scored. */
export const LANGUAGES = ['en', 'es'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The language of a locale such as `es-MX` or `en_US`, where drafts are written in it. */
export function languageOfLocale(locale: string): Language | undefined {
  const subtag = locale.split(/[-_]/, 1)[0]?.toLowerCase();
  return LANGUAGES.find((language) => language === subtag);
}
