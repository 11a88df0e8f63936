import { escapeHtml } from '../../../core/html/index.js';
import type { NetworkApp } from '../network/access.entity.js';
import type { Network } from '../network/network.entity.js';

/** What a program asks for, as its form carries it. */
export interface AskedFor {
  response_type: string;
  client_id: string;
  redirect_uri: string;
  scope?: string | undefined;
  state?: string | undefined;
  code_challenge?: string | undefined;
  code_challenge_method?: string | undefined;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:26rem;padding:0 1rem;color:#1d2126;background:#f5f4f0}
main{background:#fff;border:1px solid #e4e3de;border-radius:12px;padding:1.5rem}h1{font-size:1.25rem;margin:0 0 .5rem}
label{display:block;margin:.75rem 0 .2rem}input{width:100%;box-sizing:border-box;padding:.5rem;font:inherit}
button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0}.error{color:#a12a12}code{overflow-wrap:anywhere}`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

/** Asks a person who they are, and whether a program may act for them. Without a script. */
export function consentPage(
  network: Network,
  app: NetworkApp,
  scopes: readonly string[],
  asked: AskedFor,
  error?: string,
): string {
  const { response_type, client_id, redirect_uri, state, code_challenge, code_challenge_method } = asked;
  const carried = {
    response_type,
    client_id,
    redirect_uri,
    scope: scopes.join(' '),
    state,
    code_challenge,
    code_challenge_method,
  };
  const hidden = Object.entries(carried)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value ?? '')}">`);
  return page(
    'Sign in',
    `<h1>${escapeHtml(app.name)} asks for access</h1>` +
      `<p>to <b>${escapeHtml(network.title)}</b>, a sandbox network: everything there is synthetic. It asks for: ${escapeHtml(scopes.join(', '))}.</p>` +
      (error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`) +
      `<form method="post" action="/oauth/authorize">${hidden.join('')}` +
      `<label for="username">User of this installation</label><input id="username" name="username" autocomplete="username" required>` +
      `<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>` +
      `<label for="totp_code">Code of the authenticator, if there is one</label><input id="totp_code" name="totp_code" inputmode="numeric" autocomplete="one-time-code">` +
      `<button name="decision" value="allow">Sign in and allow</button><button name="decision" value="deny" formnovalidate>Deny</button></form>`,
  );
}

/** Shows a code to take to the program. */
export function codePage(app: NetworkApp, code: string): string {
  return page(
    'Your code',
    `<h1>Your code</h1><p>Give it to ${escapeHtml(app.name)} within ten minutes:</p><p><code>${escapeHtml(code)}</code></p>`,
  );
}

/** A form may lead to where its answer redirects to, for browsers that ask: the origin of a URI, or its scheme. */
export function formTarget(redirectUri: string): string | undefined {
  const url = URL.parse(redirectUri);
  if (url === null || url.protocol === 'urn:') return undefined;
  const target = url.origin === 'null' ? url.protocol : url.origin;
  return /^[a-z][\w.+:/[\]-]{0,300}$/i.test(target) ? target : undefined;
}
