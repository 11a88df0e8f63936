import type { PiiSpan } from './pii-kinds.js';

const MASK = '█';

/**
 * The text with every unit of the spans replaced by a block, so that all offsets into it still hold.
 * @throws RangeError when a span does not lie in the text
 */
export function redact(text: string, spans: readonly Pick<PiiSpan, 'start' | 'end'>[]): string {
  let redacted = '';
  let done = 0;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    if (start < 0 || start > end || end > text.length)
      throw new RangeError(`The span ${start}–${end} does not lie in a text of ${text.length} units.`);
    redacted +=
      text.slice(done, Math.max(done, start)) + MASK.repeat(Math.max(0, end - Math.max(done, start)));
    done = Math.max(done, end);
  }
  return redacted + text.slice(done);
}
