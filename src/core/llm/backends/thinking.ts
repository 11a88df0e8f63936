const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Tells what a reasoning model thought from what it answered, where it writes both into one text: `<think>…</think>answer`.
 * Templates of some models write the opening mark themselves, so that the text has the closing one alone; what was cut off
 * while it thought has no answer.
 */
export function splitThinking(text: string): { thinking: string; content: string } {
  const start = text.trimStart();
  if (start.startsWith(OPEN)) {
    const end = start.indexOf(CLOSE);
    const thinking = end === -1 ? start.slice(OPEN.length) : start.slice(OPEN.length, end);
    return { thinking: thinking.trim(), content: end === -1 ? '' : start.slice(end + CLOSE.length).trim() };
  }
  const end = start.indexOf(CLOSE);
  // A JSON text may speak of the mark.
  if (end === -1 || /^[{["]/.test(start)) return { thinking: '', content: text.trim() };
  return { thinking: start.slice(0, end).trim(), content: start.slice(end + CLOSE.length).trim() };
}
