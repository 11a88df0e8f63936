import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DocumentReader } from '../../src/core/documents/index.js';
import { composeDraft } from '../../src/modules/content/writing/compose-draft.js';
import { scoreDraft } from '../../src/modules/content/scoring/score-draft.js';
import { TEMPLATES } from '../../src/modules/content/templates/template.loader.js';
import type { DraftAgent } from '../../src/modules/content/templates/variables.js';
import { TONES } from '../../src/modules/agents/index.js';

/** Of 1,000 drafts of the shipped template. A change here is a new version of the template or of the generator. */
const GOLDEN = '83670f8e48ba06963e6e1d82320ca0ac0b486a61ec45c356923054be204306ac';

const INTERESTS = ['street art', 'urban culture', 'photography', 'coffee', 'poetry', 'cycling', 'film'];
const CITIES = [
  ['Mexico City', 'es-MX', 'MX'],
  ['Bogotá', 'es-CO', 'CO'],
  ['Chicago', 'en-US', 'US'],
  ['Berlin', 'de-DE', 'DE'],
] as const;

function agent(i: number): DraftAgent {
  const [city, locale, country] = CITIES[i % 4] ?? CITIES[0];
  return {
    id: `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    name: ['Ana García', 'José Luis Peña', 'Mia Stone', 'Noé Ruiz'][(i >> 2) % 4] ?? 'Ana',
    country,
    city,
    locale,
    age: 18 + (i % 40),
    gender: 'unspecified',
    interests: [INTERESTS[i % 7], INTERESTS[(i * 3 + 1) % 7]].filter((name) => name !== undefined),
    bio: 'A synthetic person.',
    posting_cadence: i % 3 === 0 ? 'weekly' : 'daily',
    tone: TONES[i % 5] ?? 'casual',
  };
}

describe('content', () => {
  it('composes and scores the same thousand drafts on every machine', () => {
    const template = new DocumentReader(TEMPLATES).shippedAs('street_art_campaign')?.value;
    if (template === undefined) throw new Error('the template is not there');
    const hash = createHash('sha256');
    for (let i = 0; i < 500; i += 1) {
      for (let index = 0; index < 2; index += 1) {
        const { metadata, ...draft } = composeDraft(template, agent(i), '20241005', index);
        // The digest follows every edit of the file, a comment too; what it says must not.
        const scored = scoreDraft(draft, agent(i));
        hash.update(JSON.stringify([draft, { ...metadata, template_digest: '' }, scored]));
      }
    }
    expect(hash.digest('hex')).toBe(GOLDEN);
  });
});
