import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DocumentReader } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { TONES, type Tone } from '../../agents/index.js';
import { LocalClassifiers } from '../../compliance/classifiers/index.js';
import { compilePolicies, evaluate, loadPolicies } from '../../compliance/index.js';
import { makeDraft, textsOf } from '../draft-record.js';
import { EarlierTexts } from '../scoring/originality.js';
import { distance, sequencesOf } from '../scoring/similarity.js';
import { tokenise } from '../scoring/tokens.js';
import { toxicityOf } from '../scoring/toxicity.js';
import type { DraftContext } from '../writing/draft-context.js';
import { VARIATION_DISTANCE } from '../writing/reading.js';
import type { CompiledTemplate } from './compiled-template.js';
import { TEMPLATES } from './template.loader.js';
import type { DraftAgent } from './variables.js';

const PLACES = [
  ['es-MX', 'Mexico City', 'MX'],
  ['en-US', 'Chicago', 'US'],
  ['es-ES', 'Sevilla', 'ES'],
  ['en-GB', 'Leeds', 'GB'],
] as const;
const INTERESTS = [
  'street art',
  'coffee',
  'cycling',
  'astronomy',
  'board games',
  'poetry',
  'gardening',
  'film',
];
const POLICIES = compilePolicies(loadPolicies(join(PROJECT_ROOT, 'policies')), {
  classifier: new LocalClassifiers(),
});
const REPLY: DraftContext = {
  thread: { author: '@luna.mercado7x2', topic: 'urban gardens', draft_id: null, text_sha256: '' },
};

function agent(i: number, tone: Tone = TONES[i % 5] ?? 'casual'): DraftAgent {
  const [locale, city, country] = PLACES[(i >> 1) % 4] ?? PLACES[0];
  return {
    id: `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    name: ['Ana García', 'Tom Reed', 'Inés Luna', 'Grace Okoro'][i % 4] ?? 'Ana',
    country,
    city,
    locale,
    age: 18 + (i % 50),
    gender: 'unspecified',
    interests: [INTERESTS[i % 8] ?? 'film', INTERESTS[(i + 3) % 8] ?? 'film'],
    bio: 'A synthetic person.',
    posting_cadence: 'daily',
    tone,
  };
}

const shipped = new DocumentReader(TEMPLATES).shipped().map(({ value }) => value);
const contextOf = ({ variables }: CompiledTemplate): DraftContext | undefined =>
  variables.includes('thread.author') ? REPLY : undefined;
const draftOf = (template: CompiledTemplate, i: number, variations?: number) =>
  makeDraft(template, agent(i), null, { seed: '7', index: 0, variations, context: contextOf(template) });

describe('the shipped templates', () => {
  it('are at least twelve, in English and Spanish, in the same shape', () => {
    expect(shipped.length).toBeGreaterThanOrEqual(12);
    expect(shipped.map(({ id }) => id)).toContain('street_art_campaign');
    for (const { languages } of shipped) {
      const [en, es] = [languages.get('en'), languages.get('es')];
      expect([...(es?.phrases.keys() ?? [])].toSorted()).toEqual([...(en?.phrases.keys() ?? [])].toSorted());
    }
  });

  it.each(shipped.map((template) => [template.id, template] as const))(
    '%s passes the guard',
    (_id, template) => {
      const toxicities: number[] = [];
      for (let i = 0; i < 160; i += 1) {
        const draft = draftOf(template, i);
        const evaluation = evaluate(textsOf(draft), POLICIES);
        expect({ caption: draft.caption, action: evaluation.action, matches: evaluation.matches }).toEqual({
          caption: draft.caption,
          action: 'allow',
          matches: [],
        });
        const toxicity = toxicityOf(evaluation.scores?.heads ?? null) ?? 1;
        expect({ caption: draft.caption, toxicity: toxicity <= 0.5 }).toEqual({
          caption: draft.caption,
          toxicity: true,
        });
        toxicities.push(toxicity);
        expect(draft.hashtags.length).toBeGreaterThanOrEqual(3);
        expect(draft.alt_text.length).toBeGreaterThan(20);
      }
      expect(toxicities.toSorted((a, b) => b - a)[8]).toBeLessThan(0.1);
    },
  );

  it.each(shipped.map((template) => [template.id, template] as const))(
    '%s gives five variations that differ as stated',
    (_id, template) => {
      for (let i = 0; i < 60; i += 1) {
        const { caption, variations } = draftOf(template, i, 5);
        const sequences = [caption, ...variations.map((each) => each.caption)].map((text) =>
          sequencesOf(tokenise(text).words),
        );
        for (const [at, own] of sequences.entries())
          for (const other of sequences.slice(at + 1))
            expect(distance(own, other)).toBeGreaterThan(VARIATION_DISTANCE - 0.1);
      }
    },
  );

  it.each(shipped.map((template) => [template.id, template] as const))(
    '%s does not repeat itself in a population',
    (_id, template) => {
      const captions = Array.from({ length: 600 }, (_, i) => draftOf(template, i, 1).caption);
      expect(new Set(captions).size).toBeGreaterThanOrEqual(590);
      const earlier = new EarlierTexts(600);
      const originality = captions.map((text) => earlier.add(sequencesOf(tokenise(text).words)));
      const mean = originality.reduce((sum, each) => sum + each, 0) / originality.length;
      expect(mean).toBeGreaterThan(0.25);
    },
  );
});
