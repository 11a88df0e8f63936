import { escapeHtml, htmlPage } from '../../../core/html/index.js';
import type { NetworkAccount } from '../network/account.entity.js';
import type { Network } from '../network/network.entity.js';
import type { Places } from '../network/places.js';
import type { FullStatus } from '../network/status-reader.js';
import { htmlOf } from './html.js';
import { accountUrl, contentHtml, linksOf, mediaUrl } from './render.js';

/** No search engine takes synthetic people for people. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none';style-src 'unsafe-inline';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'x-robots-tag': 'noindex, nofollow',
};

const NOTICE = '<p class="badge">Synthetic: every account and every text here is made up.</p>';

/** A post, as everybody may see it. */
export function statusPage(network: Network, status: FullStatus, places: Places): string {
  const shown = status.reblog ?? status;
  return page(network, `Post of @${shown.account.username}`, [
    `<h1>${nameHtml(shown.account, places)}</h1>`,
    statusHtml(shown, places),
  ]);
}

/** An account with its latest posts, as everybody may see them. */
export function accountPage(
  network: Network,
  account: NetworkAccount,
  statuses: readonly FullStatus[],
  places: Places,
): string {
  const { followers_count, following_count, statuses_count } = account;
  return page(network, `@${account.username}`, [
    `<h1>${nameHtml(account, places)}</h1>`,
    htmlOf(account.note, linksOf(places, [])),
    `<p class="facts"><span><b>${statuses_count}</b> posts</span><span><b>${followers_count}</b> followers</span><span><b>${following_count}</b> followed</span></p>`,
    ...statuses.map((status) => statusHtml(status, places)),
  ]);
}

/** That there is nothing to be seen. @param message for whoever looks */
export function refusalPage(message: string): string {
  return htmlPage('Sandbox network', [
    NOTICE,
    '<h1>Nothing to be seen here</h1>',
    `<p class="lead">${escapeHtml(message)}</p>`,
  ]);
}

function page({ title }: Network, name: string, parts: readonly string[]): string {
  const shown = escapeHtml(title);
  return htmlPage(`${escapeHtml(name)} · ${shown}`, [NOTICE, `<p class="byline">${shown}</p>`, ...parts]);
}

function nameHtml({ display_name, username }: NetworkAccount, places: Places): string {
  const url = escapeHtml(accountUrl(places, username));
  return `${escapeHtml(display_name)} <a class="byline" href="${url}">@${escapeHtml(username)}</a>`;
}

function statusHtml(status: FullStatus, places: Places): string {
  const { account, id, spoiler_text, created_at, media } = status;
  const warning = spoiler_text === '' ? '' : `<p><b>${escapeHtml(spoiler_text)}</b></p>`;
  const pictures = media.map((each) => {
    const description = each.description === '' ? 'without a description' : each.description;
    return `<p>Picture: <a href="${escapeHtml(mediaUrl(each, places))}">${escapeHtml(description)}</a></p>`;
  });
  const url = escapeHtml(`${accountUrl(places, account.username)}/${id}`);
  const time = created_at.toISOString();
  const counts = `${status.replies_count} replies · ${status.reblogs_count} boosts · ${status.favourites_count} favourites`;
  return (
    `<article class="card">${warning}${contentHtml(status, places)}${pictures.join('')}` +
    `<p class="byline"><a href="${url}"><time datetime="${time}">${time}</time></a> · ${counts}</p></article>`
  );
}
