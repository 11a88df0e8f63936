import { escapeHtml } from '../../../core/html/index.js';
import { partsOf, type TextPart } from '../network/text.rules.js';

/** Who can be named in a text, and where links lead. */
export interface LinkTargets {
  /** URL of an account of the network, or nothing for a name that is nobody's. */
  account: (username: string) => string | undefined;
  tag: (name: string) => string;
}

/**
 * A text as HTML of paragraphs, in which URLs, hashtags and accounts are links. Every character of the text is escaped;
 * tags are made here alone.
 */
export function htmlOf(text: string, targets: LinkTargets): string {
  if (text === '') return '';
  const inline = partsOf(text)
    .map((part) => partHtml(part, targets))
    .join('');
  const paragraphs = inline.split(/\n{2,}/).map((each) => each.replaceAll('\n', '<br />'));
  return `<p>${paragraphs.join('</p><p>')}</p>`;
}

function partHtml(part: TextPart, targets: LinkTargets): string {
  const shown = escapeHtml(part.text);
  if (part.kind === 'url')
    return `<a href="${shown}" target="_blank" rel="nofollow noopener noreferrer">${shown}</a>`;
  if (part.kind === 'tag') {
    const href = escapeHtml(targets.tag(part.name));
    const name = escapeHtml(part.text.slice(1));
    return `<a href="${href}" class="mention hashtag" rel="tag">#<span>${name}</span></a>`;
  }
  if (part.kind !== 'mention' || part.domain !== undefined) return shown;
  const href = targets.account(part.username);
  if (href === undefined) return shown;
  const link = `<a href="${escapeHtml(href)}" class="u-url mention">@<span>${escapeHtml(part.username)}</span></a>`;
  return `<span class="h-card">${link}</span>`;
}
