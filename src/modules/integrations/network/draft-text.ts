/** What of a draft makes its text. */
export interface DraftWords {
  caption: string;
  hashtags: readonly string[];
}

/** A draft as a post: its caption, and below it those of its hashtags that are not in it. */
export function draftText({ caption, hashtags }: DraftWords): string {
  const tags = hashtags.map((tag) => (tag.startsWith('#') ? tag : `#${tag}`));
  const missing = tags.filter((tag) => !caption.toLowerCase().includes(tag.toLowerCase()));
  return missing.length === 0 ? caption : `${caption}\n\n${missing.join(' ')}`;
}
