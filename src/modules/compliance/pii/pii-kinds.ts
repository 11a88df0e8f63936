/** What is found; docs/personal-data.md says how each is proved. */
export const PII_KINDS = [
  'email',
  'phone',
  'card',
  'iban',
  'us_routing',
  'crypto_wallet',
  'ip',
  'mac',
  'us_ssn',
  'us_itin',
  'us_driver_license',
  'passport',
  'mx_curp',
  'mx_rfc',
  'es_dni',
  'es_nie',
  'br_cpf',
  'br_cnpj',
  'date_of_birth',
  'postal_code',
  'address',
  'name',
] as const;

export type PiiKind = (typeof PII_KINDS)[number];

/** A place in a text that holds personal data. */
export interface PiiSpan {
  kind: PiiKind;
  /** UTF-16 offsets in the source, half-open. */
  start: number;
  end: number;
  /** From 0.5 to 1: 1 where a checksum proves it, 0.5 where its form and surroundings only suggest it. */
  score: number;
}

/** A span of the folded text, before overlaps are settled. */
export type Report = (kind: PiiKind, start: number, end: number, score: number) => void;
