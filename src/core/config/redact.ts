const HIDDEN = '***';
const SECRET_PARAMETERS = /(?:password|passwd|secret|token|key)/i;

/** A text as people may read it: passwords inside of URLs are hidden, those of its parameters too. */
export function withoutPasswords(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.password !== '') url.password = HIDDEN;
  for (const name of new Set(url.searchParams.keys())) {
    if (SECRET_PARAMETERS.test(name)) url.searchParams.set(name, HIDDEN);
  }
  return url.href === new URL(text).href ? text : url.href;
}

/** A secret as people may read it: where a URL leads, and of anything else only that it is there. */
export function redacted(name: string, text: string): string {
  return name.endsWith('_URL') && URL.canParse(text) ? withoutPasswords(text) : HIDDEN;
}
