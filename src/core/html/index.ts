export { escapeHtml } from './escape-html.js';
export { PAGE_STYLE } from './page-style.js';
