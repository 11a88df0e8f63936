export { escapeHtml } from './escape-html.js';
export { htmlPage } from './page.js';
