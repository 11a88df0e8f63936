import { keyFromText, RandomStream } from '../../../engine/random.js';
import type { Tone } from '../../agents/index.js';

/** Habits of writing that an agent has in all its drafts, whatever their template, seed and topic. */
export interface Voice {
  /** `none` leaves emoji out, `theme` keeps those of the template, `own` writes its favourites instead. */
  readonly emoji: 'none' | 'theme' | 'own';
  readonly favourites: readonly string[];
  /** Where emoji stand: as the template has them, or all at the end. */
  readonly emoji_place: 'inline' | 'end';
  /** How a casual text ends: with its full stop, or without. */
  readonly full_stop: boolean;
  /** How an enthusiastic text ends. */
  readonly exclamation: '!' | '!!';
  /** How a sarcastic one trails off. */
  readonly ellipsis: '…' | '...';
}

/** What a tone has favourites of; the formal tone writes none. */
const PALETTES: Readonly<Record<Tone, readonly string[]>> = {
  casual: ['🙂', '😄', '🤙', '😅', '🌿', '☕'],
  formal: [],
  enthusiastic: ['🔥', '✨', '🙌', '🤩', '💫', '🎉'],
  sarcastic: ['🙃', '👀', '😏', '🫠', '🤷', '🐌'],
  informative: ['📌', '📍', '🔎', '📝', '💡', '🧭'],
};

const EMOJI = String.raw`(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)`;
const EMOJI_RUN = new RegExp(String.raw`${EMOJI}(?:\u200d?${EMOJI})*`, 'gu');
/** The most runs of emoji that stand at the end. */
const ENDING_EMOJI = 2;

/** The voice of an agent: it follows from the agent's id and tone alone. */
export function voiceOf({ id, tone }: { readonly id: string; readonly tone: Tone }): Voice {
  const stream = new RandomStream(keyFromText(JSON.stringify(['voice', id])), 0);
  const habit = stream.below(10);
  const palette = PALETTES[tone];
  const first = stream.below(6);
  const second = (first + 1 + stream.below(5)) % 6;
  return {
    emoji: palette.length === 0 || habit < 2 ? 'none' : habit < 6 ? 'theme' : 'own',
    favourites: [palette[first], palette[second]].filter((emoji) => emoji !== undefined),
    emoji_place: stream.below(2) === 0 ? 'inline' : 'end',
    full_stop: stream.below(3) === 0,
    exclamation: stream.below(4) === 0 ? '!!' : '!',
    ellipsis: stream.below(3) === 0 ? '...' : '…',
  };
}

/** A whole text as an agent writes it; its words stay as they are. */
export function inVoice(text: string, voice: Voice, tone: Tone): string {
  const spoken = ended(withEmoji(text, voice), voice, tone);
  // A text of nothing but emoji stays.
  return spoken === '' ? text : spoken;
}

function withEmoji(text: string, { emoji, favourites, emoji_place }: Voice): string {
  if (!/\p{Emoji}/u.test(text)) return text;
  let runs = 0;
  const atEnd: string[] = [];
  const spoken = text.replace(EMOJI_RUN, (run) => {
    const chosen = emoji === 'own' ? (favourites[runs % favourites.length] ?? '') : run;
    runs += 1;
    if (emoji === 'none') return ' ';
    if (emoji_place === 'inline') return chosen;
    if (atEnd.length < ENDING_EMOJI) atEnd.push(chosen);
    return ' ';
  });
  if (runs === 0) return text;
  const tidy = spoken
    .replace(/ {2,}/gu, ' ')
    .replace(/ (?=[\n.,!?…]|$)/gu, '')
    .replace(/(^|\n) /gu, '$1');
  return [tidy.trim(), ...(atEnd.length > 0 ? [atEnd.join('')] : [])].join(' ').trim();
}

/** The tone's own ending of the last sentence; emoji may follow it. */
function ended(text: string, voice: Voice, tone: Tone): string {
  if (tone === 'casual') return voice.full_stop ? text : text.replace(/(?<!\.)\.$/u, '');
  if (tone === 'enthusiastic' && voice.exclamation === '!!')
    return text.replace(/(?<!!)!(?=[^.!?…\p{L}\p{N}]*$)/u, '!!');
  if (tone === 'sarcastic' && voice.ellipsis === '...') return text.replaceAll('…', '...');
  return text;
}
