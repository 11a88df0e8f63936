import { PAGE_STYLE } from './page-style.js';

/**
 * A page that needs nothing else: style and drawings are in it, scripts and network are forbidden to it.
 * @param title escaped, as `parts` are HTML
 * @param style beside that of every page
 */
export function htmlPage(title: string, parts: readonly string[], style = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${PAGE_STYLE}${style}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}
