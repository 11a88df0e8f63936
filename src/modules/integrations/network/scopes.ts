/** The scopes of tokens; one without a colon has all below it. `follow` is what older clients ask for. */
const READ = [
  'accounts',
  'blocks',
  'bookmarks',
  'favourites',
  'filters',
  'follows',
  'lists',
  'mutes',
  'notifications',
  'search',
  'statuses',
] as const;
const WRITE = [
  'accounts',
  'blocks',
  'bookmarks',
  'conversations',
  'favourites',
  'filters',
  'follows',
  'lists',
  'media',
  'mutes',
  'notifications',
  'reports',
  'statuses',
] as const;

export type Scope =
  | 'read'
  | 'write'
  | 'follow'
  | 'profile'
  | `read:${(typeof READ)[number]}`
  | `write:${(typeof WRITE)[number]}`;

/** Every scope that a token can have here. */
export const SCOPES: readonly string[] = [
  'read',
  ...READ.map((each) => `read:${each}`),
  'write',
  ...WRITE.map((each) => `write:${each}`),
  'follow',
  'profile',
];

/** Known to clients, and good for nothing here: there is no push and no administration. */
const EMPTY: ReadonlySet<string> = new Set(['push']);

/** What `follow` is good for. */
const FOLLOW: ReadonlySet<string> = new Set([
  'read:blocks',
  'read:follows',
  'read:mutes',
  'write:blocks',
  'write:follows',
  'write:mutes',
]);

/** Scopes of a text with spaces between, each once; undefined when one is not known. */
export function scopesIn(text: string): string[] | undefined {
  const asked = [...new Set(text.split(/[ +]/).filter((each) => each !== '' && !EMPTY.has(each)))];
  return asked.every((each) => SCOPES.includes(each)) ? asked : undefined;
}

/** Whether held scopes are good for another. */
export function covers(held: readonly string[], needed: string): boolean {
  const root = needed.split(':', 1)[0] ?? '';
  return (
    held.includes(needed) ||
    held.includes(root) ||
    (needed === 'profile' && (held.includes('read') || held.includes('read:accounts'))) ||
    (FOLLOW.has(needed) && held.includes('follow')) ||
    (needed === 'follow' && held.includes('read') && held.includes('write'))
  );
}

/** Whether a scope lets something be changed. */
export function isWriting(scope: string): boolean {
  return scope === 'follow' || scope.startsWith('write');
}
