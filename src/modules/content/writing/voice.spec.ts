import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TONES } from '../../agents/index.js';
import { wordsOnly } from '../scoring/tokens.js';
import { inVoice, voiceOf, type Voice } from './voice.js';

const PLAIN: Voice = {
  emoji: 'theme',
  favourites: ['🐌', '🫠'],
  emoji_place: 'inline',
  full_stop: true,
  exclamation: '!',
  ellipsis: '…',
};

describe('voiceOf', () => {
  it('follows from the agent alone, and agents differ', () => {
    const agents = Array.from({ length: 500 }, (_, i) => ({
      id: `agent ${i}`,
      tone: TONES[i % 5] ?? 'casual',
    }));
    for (const agent of agents) expect(voiceOf({ ...agent })).toEqual(voiceOf(agent));
    const casual = agents.map(({ id }) => voiceOf({ id, tone: 'casual' }));
    for (const emoji of ['none', 'theme', 'own'])
      expect(casual.filter((voice) => voice.emoji === emoji).length).toBeGreaterThan(60);
    expect(new Set(casual.map((voice) => JSON.stringify(voice))).size).toBeGreaterThan(100);
  });

  it('gives a formal agent no emoji, and others two different favourites', () => {
    expect(voiceOf({ id: 'a', tone: 'formal' })).toMatchObject({ emoji: 'none', favourites: [] });
    expect(new Set(voiceOf({ id: 'a', tone: 'casual' }).favourites).size).toBe(2);
  });
});

describe('inVoice', () => {
  it.each([
    [{ emoji: 'none' as const }, 'A wall 🎨 of colour.', 'A wall of colour.'],
    [{ emoji: 'own' as const }, 'A wall 🎨 of colour ✨🔥', 'A wall 🐌 of colour 🫠'],
    [{ emoji_place: 'end' as const }, 'A wall 🎨 of colour.', 'A wall of colour. 🎨'],
    [{ emoji: 'none' as const }, '🛠️ One 🎟️ two', 'One two'],
    [{ emoji: 'none' as const }, '🎨', '🎨'],
    [{ emoji: 'none' as const }, 'No. 5 © 2026 ™', 'No. 5 © 2026 ™'],
  ])('has the habits with emoji: %j', (habit, text, expected) => {
    expect(inVoice(text, { ...PLAIN, ...habit }, 'casual')).toBe(expected);
  });

  it('ends as the agent ends', () => {
    const open = { ...PLAIN, full_stop: false };
    expect(inVoice('One. Two.', open, 'casual')).toBe('One. Two');
    expect(inVoice('One. Two.', PLAIN, 'casual')).toBe('One. Two.');
    expect(inVoice('Wait...', open, 'casual')).toBe('Wait...');
    expect(inVoice('One. Two.', open, 'formal')).toBe('One. Two.');
    const loud = { ...PLAIN, exclamation: '!!' as const };
    expect(inVoice('Hey! Come! ✨', loud, 'enthusiastic')).toBe('Hey! Come!! ✨');
    expect(inVoice('Hey! Come.', loud, 'enthusiastic')).toBe('Hey! Come.');
    expect(inVoice('Well… no…', { ...PLAIN, ellipsis: '...' }, 'sarcastic')).toBe('Well... no...');
  });

  it('changes no word of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), fc.constantFrom(...TONES), (text, id, tone) => {
        const spoken = inVoice(text.trim(), voiceOf({ id, tone }), tone);
        expect(wordsOnly(spoken).replace(/ +/gu, ' ')).toBe(wordsOnly(text).replace(/ +/gu, ' '));
      }),
    );
  });
});
