import { createHash } from 'node:crypto';

/**
 * The longest piece that a model gets at once, in UTF-16 units. Some servers drop the beginning of what is too long for
 * them, which is where they are told what to do: even in scripts with three tokens a character a piece fits.
 */
const LONGEST_PIECE = 2_000;
/** So much of a piece is in the next one too, so that nothing hides where they meet. */
const OVERLAP = 200;

/** What templates of chats are made of, such as `<|im_start|>`, `[INST]` or `<｜User｜>`: servers may take it for their own. */
const BRACKETS: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '[': '⟦', ']': '⟧' };

/** A part of a text as a model is shown it. */
export interface JudgedPiece {
  text: string;
  /**
   * Stands before and after it. It follows from all of the piece, so that no text can hold its own: whoever looked for one
   * would have to invert SHA-256. And it is the same for the same text, so that a recorded answer is found again.
   */
  marker: string;
}

/** What a model is shown of a text: in pieces, without anything that nobody sees or that has a meaning to a chat. */
export function judgedPieces(text: string): JudgedPiece[] {
  const plain = text
    .toWellFormed()
    .replaceAll(/[<>[\]]/g, (bracket) => BRACKETS[bracket] ?? '')
    .replaceAll(/[^\P{C}\n]/gu, ' ');
  const pieces: JudgedPiece[] = [];
  for (let from = 0; from === 0 || from + OVERLAP < plain.length; from += LONGEST_PIECE - OVERLAP) {
    const piece = plain.slice(from, from + LONGEST_PIECE).toWellFormed();
    const digest = createHash('sha256').update(piece).digest('hex');
    pieces.push({ text: piece, marker: `TEXT-${digest.slice(0, 32)}` });
  }
  return pieces;
}
