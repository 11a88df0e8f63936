import { DocumentReader } from '../../src/core/documents/index.js';
import { createGenerator } from '../../src/modules/agents/index.js';
import { HEADS } from '../../src/modules/compliance/classifiers/heads.js';
import { textsOf } from '../../src/modules/content/draft-record.js';
import { TEMPLATES } from '../../src/modules/content/templates/template.loader.js';
import { composeDraft } from '../../src/modules/content/writing/compose-draft.js';
import type { Example } from './authored.js';

/** Where the agents live whose texts are learned from, and those whose texts false positives are counted on. */
const COUNTRIES = {
  learned: ['MX', 'CO', 'US', 'DE'],
  tested: ['ES', 'AR', 'GB', 'CA'],
} as const;
const AGENTS = 150;
/** What is learned from; false positives are counted on drafts of every template, most of which the model has not seen. */
const LEARNED_TEMPLATES = new Set(['street_art_campaign']);
/** The post that replies answer. */
const THREAD = { author: '@luna.mercado7x2', topic: 'murals', draft_id: null, text_sha256: '0'.repeat(64) };

/** Biographies, captions, alternative texts and hashtags of some agents of each country, each once. */
async function textsFor(seed: string, part: keyof typeof COUNTRIES): Promise<string[]> {
  const templates = new DocumentReader(TEMPLATES)
    .shipped()
    .map(({ value }) => value)
    .filter(({ id }) => part === 'tested' || LEARNED_TEMPLATES.has(id));
  const texts = new Set<string>();
  for (const country of COUNTRIES[part]) {
    const generator = await createGenerator({ gender: 'unspecified', count: AGENTS, country, seed });
    for (const agent of generator.profiles()) {
      texts.add(agent.bio);
      for (const template of templates) {
        const context = template.variables.includes('thread.author') ? { thread: THREAD } : {};
        const { altText, ...draft } = composeDraft(template, agent, '1', 0, { context });
        const record = {
          ...draft,
          alt_text: altText,
          hashtags: [...draft.hashtags],
          variations: [...draft.variations],
        };
        for (const { text } of textsOf({ ...record, seed: '1', context: null })) texts.add(text);
      }
    }
  }
  return [...texts];
}

/**
 * What the product writes itself, as examples of none of the heads. The same seed and part give the same texts as long as
 * templates and generator stay as they are; no agent of one part is of the other, though their sentences are alike.
 */
export async function productExamples(seed: string, part: keyof typeof COUNTRIES): Promise<Example[]> {
  const texts = await textsFor(`${seed}:${part}`, part);
  return texts.map((text) => ({
    text,
    labels: new Int8Array(HEADS.length),
    source: `product-${part}`,
    fold: 99,
    weight: 1,
  }));
}
