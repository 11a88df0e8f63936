import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALT_TEXT_MAX_LENGTH, CAPTION_MAX_LENGTH } from './draft-composer.js';
import { composeDraft } from './compose-draft.js';
import { normaliseHashtag } from './hashtag.rules.js';
import { scoreDraft } from '../scoring/score-draft.js';
import { wordsOnly } from '../scoring/tokens.js';
import type { CompiledTemplate } from '../templates/compiled-template.js';
import { DocumentReader } from '../../../core/documents/index.js';
import { parseTemplate, TEMPLATES } from '../templates/template.loader.js';
import type { DraftAgent } from '../templates/variables.js';
import { TONES } from '../../agents/index.js';

const AGENT: DraftAgent = {
  id: '11111111-1111-4111-8111-111111111111',
  name: 'Ana María Torres',
  country: 'MX',
  city: 'Mexico City',
  locale: 'es-MX',
  age: 24,
  gender: 'female',
  interests: ['street art', 'urban culture', 'coffee'],
  bio: 'Walks a lot.',
  posting_cadence: 'daily',
  tone: 'casual',
};

function template(languages: string, variables = '[agent.bio]'): CompiledTemplate {
  const head = `id: t\nversion: 1\ntitle: T\ndescription: T\ndefault_language: en\nvariables: ${variables}\nlanguages:\n`;
  return parseTemplate(head + languages, 't.yaml');
}

let shipped: CompiledTemplate;
beforeAll(() => {
  const found = new DocumentReader(TEMPLATES).shippedAs('street_art_campaign')?.value;
  if (found === undefined) throw new Error('the template is not there');
  shipped = found;
});

function captions(tone: DraftAgent['tone']): string {
  return Array.from(
    { length: 60 },
    (_, index) => composeDraft(shipped, { ...AGENT, tone }, '1', index).caption,
  ).join('\n');
}

const agents: fc.Arbitrary<DraftAgent> = fc.record({
  id: fc.uuid(),
  name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  country: fc.constantFrom('MX', 'US', 'JP'),
  city: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  locale: fc.constantFrom('es-MX', 'en_US', 'ja-JP', 'pt-BR', 'es'),
  age: fc.integer({ min: 13, max: 90 }),
  gender: fc.constantFrom('female', 'male', 'non_binary', 'unspecified'),
  interests: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), {
    minLength: 1,
    maxLength: 6,
  }),
  bio: fc.string({ maxLength: 200 }),
  posting_cadence: fc.constantFrom('hourly', 'daily', 'weekly', 'monthly'),
  tone: fc.constantFrom(...TONES),
});

describe('composeDraft', () => {
  it('gives any agent a whole draft, and the same one again', () => {
    fc.assert(
      fc.property(
        agents,
        fc.string({ maxLength: 20 }),
        fc.nat(1_000),
        fc.integer({ min: 1, max: 5 }),
        (agent, seed, index, n) => {
          const draft = composeDraft(shipped, agent, seed, index, { variations: n });
          expect(draft.caption.length).toBeGreaterThan(20);
          expect(draft.caption.length).toBeLessThanOrEqual(CAPTION_MAX_LENGTH);
          expect(draft.altText.length).toBeLessThanOrEqual(ALT_TEXT_MAX_LENGTH);
          expect(draft.caption).toBe(draft.caption.normalize('NFC').trim());
          const words = [draft.caption, ...draft.variations.map(({ caption }) => caption)].map(wordsOnly);
          expect(new Set(words).size).toBe(n + 1);
          expect(draft.hashtags.length).toBeGreaterThanOrEqual(3);
          expect(new Set(draft.hashtags.map((tag) => tag.toLowerCase())).size).toBe(draft.hashtags.length);
          for (const tag of draft.hashtags) expect(normaliseHashtag(tag)).toBe(tag);
          const { scores } = scoreDraft(draft, agent);
          expect(scores.quality).toBeGreaterThan(0);
          expect(scores.quality).toBeLessThanOrEqual(1);
          expect(Math.abs(scores.sentiment)).toBeLessThanOrEqual(1);
          expect(scores.readability).toBeGreaterThanOrEqual(0);
          expect(scores.readability).toBeLessThanOrEqual(1);
          expect(composeDraft(shipped, { ...agent }, seed, index, { variations: n })).toEqual(draft);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('differs by seed, index, agent and version', () => {
    const draft = composeDraft(shipped, AGENT, '1', 0);
    const others = [
      composeDraft(shipped, AGENT, '2', 0),
      composeDraft(shipped, AGENT, '1', 1),
      composeDraft(shipped, { ...AGENT, id: '22222222-2222-4222-8222-222222222222' }, '1', 0),
      composeDraft({ ...shipped, version: '9.9.9' }, AGENT, '1', 0),
    ];
    for (const other of others) expect(other.caption).not.toBe(draft.caption);
  });

  it('keeps the caption and the first variations whatever their number', () => {
    const five = composeDraft(shipped, AGENT, '1', 0, { variations: 5 });
    const two = composeDraft(shipped, AGENT, '1', 0, { variations: 2 });
    expect(two).toMatchObject({ caption: five.caption, altText: five.altText, hashtags: five.hashtags });
    expect(two.variations).toEqual(five.variations.slice(0, 2));
    expect(composeDraft(shipped, AGENT, '1', 0).variations).toHaveLength(3);
  });

  it('writes a thousand drafts that do not read alike', () => {
    const written = Array.from({ length: 1_000 }, (_, i) => {
      const id = `${String(i).padStart(8, '0')}-0000-4000-8000-000000000000`;
      return composeDraft(shipped, { ...AGENT, id, tone: TONES[i % 5] ?? 'casual' }, 'x', 0).caption;
    });
    expect(new Set(written).size).toBeGreaterThanOrEqual(998);
    const openings = new Map<string, number>();
    for (const caption of written) {
      const opening = caption.split(' ').slice(0, 4).join(' ');
      openings.set(opening, (openings.get(opening) ?? 0) + 1);
    }
    expect(Math.max(...openings.values())).toBeLessThan(100);
  });

  it.each([
    ['es-MX', 'es'],
    ['es_AR', 'es'],
    ['en-GB', 'en'],
    ['de-DE', 'en'],
    ['est', 'en'],
  ])('writes to a locale of %s in %s', (locale, language) => {
    const draft = composeDraft(shipped, { ...AGENT, locale }, '1', 0);
    expect([draft.language, draft.metadata.language]).toEqual([language, language]);
    expect(draft.hashtags.includes('#MexicoCity')).toBe(true);
  });

  it('calls interests by their name in the language', () => {
    const spanish = composeDraft(shipped, { ...AGENT, interests: ['Street Art'] }, '1', 0);
    const english = composeDraft(shipped, { ...AGENT, interests: ['Street Art'], locale: 'en-US' }, '1', 0);
    expect(spanish.hashtags).toContain('#ArteCallejero');
    expect(english.hashtags).toContain('#StreetArt');
  });

  it('speaks in the tone of the agent', () => {
    expect(captions('formal')).not.toMatch(/[!…]|\p{Extended_Pictographic}/u);
    expect(captions('enthusiastic')).toMatch(/¡[^!]+!/u);
    expect(captions('sarcastic')).toMatch(/…|\.\.\./u);
    expect(captions('casual')).toMatch(/\p{Extended_Pictographic}/u);
  });

  it('says how it came to be', () => {
    const { metadata, caption, variations } = composeDraft(shipped, AGENT, '20241005', 3);
    expect(metadata).toMatchObject({
      generator: 'rules',
      template: 'street_art_campaign',
      template_version: shipped.version,
      template_digest: shipped.digest,
      tone: 'casual',
      seed: '20241005',
      index: 3,
    });
    expect(Object.keys(metadata.choices)).toContain('caption');
    expect(metadata.variation_choices).toHaveLength(variations.length);
    expect(metadata.lengths.caption).toBe(caption.length);
  });

  it.each([0, 6, -1, 1.5, Number.NaN])('refuses %d variations', (count) => {
    expect(() => composeDraft(shipped, AGENT, '1', 0, { variations: count })).toThrow(
      `variations must be an integer from 1 to 5, not ${count}`,
    );
  });

  it('refuses an index that is no unsigned 32-bit integer', () => {
    expect(() => composeDraft(shipped, AGENT, '1', -1)).toThrow(RangeError);
    expect(() => composeDraft(shipped, AGENT, '1', 2 ** 32)).toThrow(RangeError);
  });

  it('refuses where the template cannot vary', () => {
    const bare = template(
      '  en: { caption: "{{ agent.bio }}", alt_text: a, hashtags: [b], variations: { count: 2 } }',
    );
    expect(() => composeDraft(bare, AGENT, '1', 0)).toThrow(
      /^template t \(en\) for agent 1{8}-.*: its alternatives do not give 2 different captions, only 0; any two must differ in half of their three-word sequences$/,
    );
  });

  it('refuses a draft that is empty or too long', () => {
    const bare = template(
      '  en: { caption: "{{ agent.bio }}", alt_text: a, hashtags: [b], variations: [c] }',
    );
    expect(() => composeDraft(bare, { ...AGENT, bio: ' ' }, '1', 0)).toThrow('caption came out empty');
    expect(() => composeDraft(bare, { ...AGENT, bio: 'x'.repeat(2_201) }, '1', 0)).toThrow(
      'caption has 2201 characters; at most 2200 are accepted',
    );
    expect(() => composeDraft(bare, { ...AGENT, bio: 'x'.repeat(5_000) }, '1', 0)).toThrow(
      'the text has 5000 characters; at most 4000 are accepted',
    );
  });

  it('names the agent whose profile lacks what the template reads', () => {
    const bare = template(
      '  en: { caption: "{{ interest }}", alt_text: a, hashtags: [b], variations: [c] }',
      '[interest]',
    );
    expect(() => composeDraft(bare, { ...AGENT, interests: [] }, '1', 0)).toThrow(
      /^template t \(en\) for agent 1{8}-.*: undefined variable: interest$/,
    );
  });

  it('tidies spaces and keeps line breaks', () => {
    const folded = template(
      '  en:\n    caption: "  a {{ agent.bio }}   b \\n\\n\\n\\n c\\td"\n    alt_text: a\n    hashtags: [b]\n    variations: [c]\n',
    );
    expect(composeDraft(folded, { ...AGENT, tone: 'formal', bio: '' }, '1', 0).caption).toBe('a b\n\nc d');
  });
});
