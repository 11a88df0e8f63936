import { DocumentReader } from '../src/core/documents/index.js';
import { TONES } from '../src/modules/agents/index.js';
import { makeDraft, type NewDraft } from '../src/modules/content/draft-record.js';
import { EarlierTexts } from '../src/modules/content/scoring/originality.js';
import { scoreDraft } from '../src/modules/content/scoring/score-draft.js';
import { sequencesOf } from '../src/modules/content/scoring/similarity.js';
import { tokenise } from '../src/modules/content/scoring/tokens.js';
import { TEMPLATES } from '../src/modules/content/templates/template.loader.js';
import type { DraftAgent } from '../src/modules/content/templates/variables.js';
import { figure, figureAtMost, printFigures, rate } from './figure.js';

const AGENTS = 200;
const RUNS = 5;
const FEW = 1_000;
const MANY = 16_000;
/** Texts that each is compared with in pairs, to show what that would cost. */
const PAIRED = 400;

const CITIES = [
  ['Mexico City', 'es-MX', 'MX'],
  ['Leeds', 'en-GB', 'GB'],
] as const;
const INTERESTS = ['street art', 'coffee', 'cycling', 'astronomy', 'poetry', 'film'];

function agent(i: number): DraftAgent {
  const [city, locale, country] = CITIES[i % 2] ?? CITIES[0];
  return {
    id: `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    name: 'Ana Reed',
    country,
    city,
    locale,
    age: 30,
    gender: 'unspecified',
    interests: [INTERESTS[i % 6] ?? 'film', INTERESTS[(i + 1) % 6] ?? 'film'],
    bio: 'A synthetic person.',
    posting_cadence: 'daily',
    tone: TONES[i % 5] ?? 'casual',
  };
}

const templates = new DocumentReader(TEMPLATES)
  .shipped()
  .map(({ value }) => value)
  .filter(({ variables }) => !variables.includes('thread.author'));
const agents = Array.from({ length: AGENTS }, (_, i) => agent(i));

function makeAll(): NewDraft[] {
  return templates.flatMap((template) =>
    agents.map((each) => makeDraft(template, each, null, { seed: 'b', index: 0 })),
  );
}

const drafts = makeAll();
const scored = drafts.map((draft) => ({ ...draft, altText: draft.alt_text }));
const made = await rate(drafts.length, RUNS, makeAll);
const scores = await rate(drafts.length, RUNS, () => {
  for (const [at, draft] of scored.entries()) scoreDraft(draft, agents[at % AGENTS] as DraftAgent);
});
const texts = drafts.map(({ caption }) => sequencesOf(tokenise(caption).words));

/** Texts a second, each compared with all before it. */
const originality = (count: number): Promise<number> =>
  rate(count, RUNS, () => {
    const earlier = new EarlierTexts(count);
    for (let at = 0; at < count; at += 1) earlier.add(texts[at % texts.length] as Set<number>);
  });

/** The same in pairs. */
const inPairs = await rate(PAIRED, RUNS, () => {
  let closest = 0;
  for (let at = 0; at < PAIRED; at += 1)
    for (let other = 0; other < at; other += 1) {
      const [a, b] = [texts[at] as Set<number>, texts[other] as Set<number>];
      let shared = 0;
      for (const sequence of a) if (b.has(sequence)) shared += 1;
      closest = Math.max(closest, shared / (a.size + b.size - shared));
    }
  return closest;
});
const few = await originality(FEW);
const many = await originality(MANY);

printFigures([
  figure('drafts', 'drafts with three variations, scored', Math.round(made), 'drafts/s'),
  figure('drafts', 'scores of a draft alone', Math.round(scores), 'drafts/s'),
  figureAtMost('drafts', 'scoring ÷ the whole draft', made / scores, '×', 0.5),
  figure('drafts', `originality among ${FEW} texts`, Math.round(few), 'texts/s'),
  figure('drafts', `originality among ${MANY} texts`, Math.round(many), 'texts/s'),
  figureAtMost('drafts', `a text among ${MANY} ÷ among ${FEW}`, few / many, '×', 2),
  figure('drafts', `in pairs, among ${PAIRED} texts`, Math.round(inPairs), 'texts/s'),
]);
