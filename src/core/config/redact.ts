const HIDDEN = '***';
const SECRET_PARAMETERS = /(?:password|passwd|secret|token|key|signature)/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const BETWEEN = /([\s,;|]+)/;

/** A text as people may read it: who logs in where is hidden in every URL of it, and so are secret parameters. */
export function withoutPasswords(text: string): string {
  return urlsOf(text)
    .map((piece) => withoutParameters(withoutUser(piece)))
    .join('');
}

/** The URLs of a list with what is between them; a comma alone may be a part of a password. */
function urlsOf(text: string): string[] {
  const pieces: string[] = [];
  for (const part of text.split(BETWEEN)) {
    if (pieces.length === 0 || SCHEME.test(part)) pieces.push(part);
    else pieces[pieces.length - 1] += part;
  }
  return pieces;
}

/** Hides rather too much than too little: what is before the last `@` of something that looks like a URL. */
function withoutUser(text: string): string {
  const at = text.lastIndexOf('@');
  if (at === -1) return text;
  const scheme = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.exec(text)?.[0] ?? '';
  // An e-mail address has neither a scheme nor a colon.
  if (scheme === '' && !text.includes(':')) return text;
  const [, name] = /^([\w.-]+):[^@/?#\s,]+$/.exec(text.slice(scheme.length, at)) ?? [];
  const user = name === undefined ? HIDDEN : `${name}:${HIDDEN}`;
  return `${scheme}${user}${text.slice(at)}`;
}

function withoutParameters(text: string): string {
  return text.replace(/([?&;])([^=&;#\s]+)=([^&#\s]*)/g, (whole, before: string, name: string) =>
    SECRET_PARAMETERS.test(decoded(name)) ? `${before}${name}=${HIDDEN}` : whole,
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A secret as people may read it: where a URL leads, and of anything else only that it is there. */
export function redacted(name: string, text: string): string {
  return name.endsWith('_URL') && SCHEME.test(text) ? withoutPasswords(text) : HIDDEN;
}
