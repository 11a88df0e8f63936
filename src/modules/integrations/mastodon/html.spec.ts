import { describe, expect, it } from 'vitest';
import { htmlOf } from './html.js';

const targets = {
  account: (name: string) => (name === 'ana' ? 'https://x.y/@ana' : undefined),
  tag: (name: string) => `https://x.y/tags/${encodeURIComponent(name)}`,
};

describe('a text as HTML', () => {
  it('is paragraphs with links', () => {
    expect(htmlOf('hola @ana\nmira #Café\n\n\nadiós', targets)).toBe(
      '<p>hola <span class="h-card"><a href="https://x.y/@ana" class="u-url mention">@<span>ana</span></a></span><br />mira ' +
        '<a href="https://x.y/tags/caf%C3%A9" class="mention hashtag" rel="tag">#<span>Café</span></a></p><p>adiós</p>',
    );
  });

  it('is nothing for nothing, and leaves nobody’s names as they are', () => {
    expect(htmlOf('', targets)).toBe('');
    expect(htmlOf('@bea @ana@elsewhere.example', targets)).toBe('<p>@bea @ana@elsewhere.example</p>');
  });

  it('escapes everything that somebody wrote', () => {
    expect(htmlOf(`<b a="1">'&'</b> https://a.b/?c=1&d=2`, targets)).toBe(
      '<p>&lt;b a=&quot;1&quot;&gt;&#39;&amp;&#39;&lt;/b&gt; ' +
        '<a href="https://a.b/?c=1&amp;d=2" target="_blank" rel="nofollow noopener noreferrer">https://a.b/?c=1&amp;d=2</a></p>',
    );
  });
});
