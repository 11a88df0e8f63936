const EIGHTHS = ' ▏▎▍▌▋▊▉';
const FULL = '█';
const HEIGHTS = '▁▂▃▄▅▆▇█';

/**
 * A bar of blocks.
 * @param part from 0 to 1; what is not 0 is seen
 * @param width places of the whole
 */
export function bar(part: number, width: number): string {
  const eighths = part > 0 ? Math.max(1, Math.round(part * width * 8)) : 0;
  return `${FULL.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8] ?? ''}`.trimEnd();
}

/** Numbers from 0 up as columns of blocks, each as high as its part of the greatest; none where it is 0. */
export function sparkline(values: readonly number[]): string {
  const greatest = Math.max(...values);
  return values
    .map((value) => (value > 0 ? HEIGHTS[Math.ceil((value / greatest) * HEIGHTS.length) - 1] : ' '))
    .join('');
}
