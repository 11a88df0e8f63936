import type { Tone } from '../../agents/index.js';
import { EarlierTexts } from './originality.js';
import { named, personaFit } from './persona-fit.js';
import { distance, sequencesOf } from './similarity.js';
import { LocalClassifiers } from '../../compliance/classifiers/index.js';
import { TOXIC_SHARE, toxicityOf } from './toxicity.js';
import { describe, expect, it } from 'vitest';
import { countSyllables } from './syllables.js';
import { readability } from './readability.js';
import { scoreDraft } from './score-draft.js';
import { sentiment } from './sentiment.js';
import { tokenise, wordsOnly } from './tokens.js';

const fit = (caption: string, tone: Tone, hashtags: string[] = []): number =>
  personaFit({ caption, hashtags, tone, interests: named(['street art', 'Café', 'café', '!']) });
const toneFit = (caption: string, tone: Tone): number => fit(`street art ${caption}`, tone) - 0.6;
const between = (a: string, b: string): number =>
  distance(sequencesOf(a.split(' ')), sequencesOf(b.split(' ')));
const words = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `w${from + i}`);
/** What says how original another text is beside some. */
function known(...texts: string[][]): (text: string[]) => number {
  const earlier = new EarlierTexts(10);
  for (const text of texts) earlier.add(sequencesOf(text));
  return (text) => earlier.add(sequencesOf(text));
}

describe('tokenise', () => {
  it('finds words, marks and emoji', () => {
    const tokens = tokenise('Don’t stop… Well-made ¡Ñandú! 3 🎨✨\n音楽');
    expect(tokens.all).toEqual([
      "don't",
      'stop',
      '…',
      'well-made',
      'ñandú',
      '!',
      '3',
      '🎨',
      '✨',
      '\n',
      '音楽',
    ]);
    expect(tokens.words).toEqual(["don't", 'stop', 'well-made', 'ñandú', '3', '音楽']);
  });

  it.each([
    ['One. Two! Three?', 3],
    ['One... two', 2],
    ['No end', 1],
    ['', 1],
    ['...!', 1],
    ['Line\nline', 2],
  ])('counts the sentences of %j', (text, sentences) => {
    expect(tokenise(text).sentences).toBe(sentences);
  });

  it('compares texts by their words', () => {
    expect(wordsOnly('¡Hola,  Ñandú! 🎨')).toBe(wordsOnly('hola ñandú…'));
    expect(wordsOnly('hola')).not.toBe(wordsOnly('ola'));
  });
});

describe('countSyllables', () => {
  it.each(
    Object.entries({
      sol: 1,
      calle: 2,
      murales: 3,
      pared: 2,
      ciudad: 2,
      guía: 2,
      que: 1,
      quieren: 2,
      rey: 1,
      y: 1,
      muy: 1,
      mayo: 2,
      poesía: 4,
      poeta: 3,
      aéreo: 4,
      cultura: 3,
      huía: 2,
      leíais: 3,
      país: 2,
      paisaje: 3,
      viaje: 2,
      guion: 1,
      cigüeña: 3,
      día: 2,
      diario: 2,
      ahora: 3,
      fotografía: 5,
      construir: 2,
      océano: 4,
      cooperar: 4,
      hoy: 1,
      arte: 2,
      urbano: 3,
    }),
  )('Spanish: %s has %i', (word, count) => {
    expect(countSyllables(word, 'es')).toBe(count);
  });

  it.each(
    Object.entries({
      the: 1,
      people: 2,
      whole: 1,
      table: 2,
      makes: 1,
      places: 2,
      painted: 2,
      walked: 1,
      idea: 3,
      radio: 3,
      museum: 3,
      doing: 2,
      create: 2,
      science: 2,
      nation: 2,
      beautiful: 3,
      city: 2,
      wall: 1,
      stories: 2,
      community: 4,
      quiet: 2,
      video: 3,
      breathe: 1,
      houses: 2,
      actual: 3,
      reality: 4,
      great: 1,
      read: 1,
      "don't": 1,
      "city's": 2,
      mr: 1,
    }),
  )('English: %s has %i', (word, count) => {
    expect(countSyllables(word, 'en')).toBe(count);
  });
});

describe('readability', () => {
  it('is Flesch Reading Ease over 100 in English', () => {
    // 13 words, 1 sentence, 24 syllables: 206.835 - 13.195 - 156.185 = 37.455
    const text = 'The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.';
    expect(readability(tokenise(text), 'en')).toBeCloseTo(0.374_55, 4);
  });

  it('is Fernández Huerta over 100 in Spanish', () => {
    // 12 words, 1 sentence, 37 syllables: 206.84 - 12.24 - 185 = 9.6
    const text =
      'La ciudad despertó con murales extraordinarios y la comunidad respondió organizándose inmediatamente.';
    expect(readability(tokenise(text), 'es')).toBeCloseTo(0.096, 6);
  });

  it('stays between 0 and 1', () => {
    expect(readability(tokenise('Go.'), 'en')).toBe(1);
    expect(
      readability(tokenise('Internationalisation notwithstanding institutional considerations'), 'en'),
    ).toBe(0);
    expect(readability(tokenise('🎨'), 'en')).toBe(1);
  });
});

const of = (text: string, language: 'en' | 'es') => sentiment(tokenise(text), language);

describe('sentiment', () => {
  it('follows the words of each language', () => {
    expect(of('I love this wonderful wall', 'en')).toBeGreaterThan(0.7);
    expect(of('Este muro es horrible y triste', 'es')).toBeLessThan(-0.7);
    expect(of('The wall is twelve metres wide', 'en')).toBe(0);
    expect(of('🎨 😍', 'es')).toBeGreaterThan(0.5);
  });

  it('turns under a negation in the same clause', () => {
    expect(of('This is not good', 'en')).toBeLessThan(0);
    expect(of("I don't really love it", 'en')).toBeLessThan(0);
    expect(of('No, good things happen', 'en')).toBeGreaterThan(0);
    expect(of('No me gusta nada', 'es')).toBeLessThan(0);
    expect(of('Nunca es tan triste', 'es')).toBeGreaterThan(0);
  });

  it('grows with an intensifier and shrinks with a diminisher', () => {
    expect(of('very good', 'en')).toBeGreaterThan(of('good', 'en'));
    expect(of('somewhat good', 'en')).toBeLessThan(of('good', 'en'));
    expect(of('muy triste', 'es')).toBeLessThan(of('triste', 'es'));
  });

  it('is the sum over the root of its square plus 15', () => {
    expect(of('good', 'en')).toBeCloseTo(1 / 4, 10);
  });
});

describe('scoreDraft', () => {
  const AGENT = { tone: 'casual' as const, interests: ['Street art'] };
  const draft = {
    language: 'en' as const,
    caption:
      'This morning I found a mural of giant hummingbirds behind the station. The paint still smells new.',
    altText: 'A mural of giant hummingbirds.',
    hashtags: ['#StreetArt', '#Oaxaca', '#Murals'],
    variations: [{ caption: 'Neighbours voted on every colour of the new wall.' }],
  };

  it('gives a well made draft nearly full marks', () => {
    expect(scoreDraft(draft, AGENT).scores).toEqual({
      quality: 1,
      sentiment: 0,
      readability: expect.closeTo(0.84, 1) as number,
      persona_fit: expect.closeTo(0.6 * 0.6 + 0.4 * 0.4, 4) as number,
    });
  });

  it.each([
    [
      'a repetitive caption',
      { caption: 'wall wall wall wall wall wall wall wall wall wall wall wall wall wall wall wall' },
    ],
    ['a short caption', { caption: 'A wall' }],
    ['an endless caption', { caption: `${draft.caption} `.repeat(8) }],
    ['no hashtag', { hashtags: [] }],
    ['too many hashtags', { hashtags: Array.from({ length: 30 }, (_, i) => `#Tag${i}x`) }],
    ['no alt text', { altText: '' }],
    ['an alt text that is an essay', { altText: 'x'.repeat(400) }],
    ['no variation', { variations: [] }],
    ['variations that copy', { variations: [{ caption: draft.caption }] }],
  ])('marks down %s', (_what, change) => {
    const { quality } = scoreDraft({ ...draft, ...change }, AGENT).scores;
    expect(quality).toBeLessThan(0.92);
    expect(quality).toBeGreaterThanOrEqual(0);
  });

  it('gives an empty draft nothing', () => {
    expect(
      scoreDraft({ language: 'es', caption: '', altText: '', hashtags: [], variations: [] }, AGENT).scores
        .quality,
    ).toBe(0);
  });

  it('ranks the captions by the stated sum, the best first', () => {
    const better = {
      caption: 'I love street art, and this blue wall behind the old station is why I walk here',
    };
    const { ranking } = scoreDraft({ ...draft, variations: [{ caption: 'Wall wall.' }, better] }, AGENT);
    expect(ranking.map(({ rank, text }) => [rank, text])).toEqual([
      [1, 'variations[1]'],
      [2, 'caption'],
      [3, 'variations[0]'],
    ]);
    for (const each of ranking) {
      const sum = 0.4 * each.quality + 0.3 * each.persona_fit + 0.2 * each.readability + 0.1 * each.distance;
      expect(each.score).toBeCloseTo(sum, 3);
    }
  });
});

describe('personaFit', () => {
  it('asks whether an interest is named, and where', () => {
    expect(fit('A note on street art.', 'formal')).toBe(1);
    expect(fit('A note.', 'formal', ['#StreetArt'])).toBeCloseTo(0.4 + 0.36, 10);
    expect(fit('Un café, por favor.', 'formal')).toBe(1);
    expect(fit('The streets are artless.', 'formal')).toBeCloseTo(0.4, 10);
    expect(fit('', 'formal')).toBeCloseTo(0.4, 10);
  });

  it('asks whether the tone shows', () => {
    expect(toneFit('yes! ✨', 'enthusiastic')).toBeCloseTo(0.4, 10);
    expect(toneFit('yes.', 'enthusiastic')).toBeCloseTo(0.08, 10);
    expect(toneFit('yes! ✨', 'formal')).toBeCloseTo(0, 10);
    expect(toneFit('yes…', 'sarcastic')).toBeCloseTo(0.4, 10);
    expect(toneFit('yes 🙂', 'casual')).toBeCloseTo(0.4, 10);
    expect(toneFit('yes.', 'casual')).toBeCloseTo(0.16, 10);
    expect(toneFit('yes.', 'informative')).toBeCloseTo(0.4, 10);
  });
});

describe('toxicityOf', () => {
  it('is the highest of three heads of the guard', () => {
    expect(toxicityOf({ hate: 0.1, harassment: 0.99, profanity: 0.2, spam: 0.9 })).toBe(0.5);
    expect(toxicityOf({ hate: 0.5 })).toBe(TOXIC_SHARE);
    expect(toxicityOf({ spam: 0.9 })).toBeNull();
    expect(toxicityOf(null)).toBeNull();
  });

  it('is bounded, rises with the model’s score, and tells a threat from a recipe', () => {
    const scores = [0, 0.2, 0.5, 0.8, 0.98, 0.999, 1].map((hate) => toxicityOf({ hate }) ?? -1);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(scores[0]).toBe(0);
    expect(scores.at(-1)).toBeGreaterThan(0.98);
    expect(scores.at(-1)).toBeLessThanOrEqual(1);
    const model = new LocalClassifiers();
    const toxicity = (text: string): number => {
      const heads = Object.fromEntries(model.heads.map((head, at) => [head, model.scores(text)[at] ?? 0]));
      return toxicityOf(heads) ?? -1;
    };
    expect(toxicity('I hate you all, you worthless idiots, kill yourselves.')).toBeGreaterThan(0.5);
    expect(toxicity('Lentils with roasted pumpkin, and most of it is waiting.')).toBeLessThan(0.1);
  });
});

describe('distance', () => {
  it('is the Jaccard distance of sequences of three words', () => {
    expect(between('a b c d', 'a b c d')).toBe(0);
    expect(between('a b c d', 'a b c e')).toBeCloseTo(2 / 3, 10);
    expect(between('a b c d', 'e f g h')).toBe(1);
    expect(between('a b', 'a b')).toBe(0);
    expect(between('a b', 'b a')).toBe(1);
  });
});

describe('EarlierTexts', () => {
  it('calls the first text original and its copy not at all', () => {
    const add = known();
    expect(add(words(0, 30))).toBe(1);
    expect(add(words(0, 30))).toBe(0);
    expect(add(words(100, 130))).toBe(1);
  });

  it.each([
    [30, 32],
    [20, 42],
    [10, 62],
  ])('comes close to the likeness of texts that share %i of %i sequences', (shared, all) => {
    const own = (all - shared) / 2;
    const left = words(0, own + shared + 2);
    const right = words(own, own + shared + 2 + own);
    expect(Math.abs(1 - shared / all - known(left)(right))).toBeLessThan(0.2);
  });

  it('finds a copy among thousands, in the same time for each', () => {
    const earlier = new EarlierTexts(20_000);
    for (let i = 0; i < 20_000; i += 1) earlier.add(sequencesOf(words(i * 40, i * 40 + 30)));
    expect(earlier.add(sequencesOf(words(40 * 777, 40 * 777 + 30)))).toBeLessThan(0.05);
  });
});
