/** What a cassette may be called. */
export const CASSETTE_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;
export const CASSETTE_NAME_RULE =
  'expected 1 to 100 lower-case letters, digits, dots, dashes and underscores';
