/** What can be done about an entry of a feed; event logs call it the same. */
export const ACT_KINDS = [
  'reaction',
  'comment',
  'repost',
  'quote',
  'follow',
  'unfollow',
  'mute',
  'block',
  'report',
  'dismiss',
] as const;
export type ActKind = (typeof ACT_KINDS)[number];
