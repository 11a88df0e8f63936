/**
 * The name data of each country: the locale of its main language among those that have names, keyed as the data is
 * (`es_MX`). A country that is not here uses English names and says so in its locale (`en-KE`).
 */
const COUNTRIES_BY_LOCALE: Readonly<Record<string, string>> = {
  ar: 'AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SY TD TN YE',
  az: 'AZ',
  cs_CZ: 'CZ',
  da: 'DK FO GL',
  de: 'DE LI LU',
  de_AT: 'AT',
  de_CH: 'CH',
  dv: 'MV',
  el: 'CY GR',
  en_AU: 'AU CC CX NF',
  en_CA: 'CA',
  en_GB: 'GB GG GI IM JE FK SH',
  en_GH: 'GH',
  en_HK: 'HK',
  en_IE: 'IE',
  en_IN: 'IN',
  en_NG: 'NG',
  en_US: 'US AS GU MP PR VI',
  en_ZA: 'ZA',
  es: 'AR BO CL CO CR CU DO EC ES GQ GT HN NI PA PE PY SV UY VE',
  es_MX: 'MX',
  fa: 'AF IR',
  fi: 'FI AX',
  fr: 'BF BI BJ BL CD CF CG CI CM FR GA GF GN GP HT MC MF MG ML MQ NC NE PF PM RE TF TG WF YT',
  fr_SN: 'SN',
  he: 'IL',
  hr: 'BA HR',
  hu: 'HU',
  hy: 'AM',
  id_ID: 'ID',
  it: 'IT SM VA',
  ja: 'JP',
  ka_GE: 'GE',
  ko: 'KP KR',
  lv: 'LV',
  mk: 'MK',
  nb_NO: 'NO SJ',
  ne: 'NP',
  nl: 'AW BQ CW NL SR SX',
  nl_BE: 'BE',
  pl: 'PL',
  pt_BR: 'BR',
  pt_PT: 'AO CV GW MZ PT ST TL',
  ro: 'RO',
  ro_MD: 'MD',
  ru: 'BY KG KZ RU',
  sk: 'SK',
  sl_SI: 'SI',
  sr_RS_latin: 'ME RS',
  sv: 'SE',
  th: 'TH',
  tr: 'TR',
  uk: 'UA',
  ur: 'PK',
  uz_UZ_latin: 'UZ',
  vi: 'VN',
  zh_CN: 'CN MO',
  zh_TW: 'TW',
};

/** Time zones of countries whose places are known, but not their zones. */
export const ZONES_OF_COUNTRIES: Readonly<Record<string, string>> = {
  AI: 'America/Anguilla',
  BL: 'America/St_Barthelemy',
  BQ: 'America/Kralendijk',
  CC: 'Indian/Cocos',
  CX: 'Indian/Christmas',
  GG: 'Europe/Guernsey',
  IO: 'Indian/Chagos',
  JE: 'Europe/Jersey',
  MF: 'America/Marigot',
  MS: 'America/Montserrat',
  NF: 'Pacific/Norfolk',
  NR: 'Pacific/Nauru',
  NU: 'Pacific/Niue',
  PM: 'America/Miquelon',
  PN: 'Pacific/Pitcairn',
  SH: 'Atlantic/St_Helena',
  SX: 'America/Lower_Princes',
  TF: 'Indian/Kerguelen',
  TK: 'Pacific/Fakaofo',
  VG: 'America/Tortola',
  WF: 'Pacific/Wallis',
  XK: 'Europe/Belgrade',
};

const LOCALE_BY_COUNTRY = new Map(
  Object.entries(COUNTRIES_BY_LOCALE).flatMap(([locale, countries]) =>
    countries.split(' ').map((country) => [country, locale] as const),
  ),
);

const LATIN_VARIANTS = new Set(['sr_RS_latin', 'uz_UZ_latin']);

/** What a country's agents are called by and speak. */
export interface CountryLocale {
  /** The key of the name data. */
  readonly names: string;
  /** BCP 47: language, script where the language has two, country. */
  readonly tag: string;
  readonly language: string;
}

/** Every language that there are names in. */
export const LANGUAGES: readonly string[] = [
  ...new Set(['en', ...Object.keys(COUNTRIES_BY_LOCALE).map((names) => names.split('_', 1)[0] as string)]),
].toSorted();

/**
 * The locale of a tag such as `es-MX`: the names are those of the country where it speaks the language, else of another one.
 * @returns undefined for another form, or a language without names
 */
export function localeOfTag(tag: string): CountryLocale | undefined {
  const [, language = '', country = ''] = /^([a-z]{2,3})(?:-Latn)?-([A-Z]{2})$/u.exec(tag) ?? [];
  if (!LANGUAGES.includes(language)) return undefined;
  const own = localeOfCountry(country);
  if (own.language === language) return { ...own, tag };
  const names = Object.keys(COUNTRIES_BY_LOCALE).find((key) => key.split('_', 1)[0] === language);
  return { names: names ?? 'en', language, tag };
}

/** @param country an ISO 3166-1 alpha-2 code in capitals */
export function localeOfCountry(country: string): CountryLocale {
  const names = LOCALE_BY_COUNTRY.get(country) ?? 'en';
  const language = names.split('_', 1)[0] as string;
  const script = LATIN_VARIANTS.has(names) ? '-Latn' : '';
  return { names, language, tag: `${language}${script}-${country}` };
}
