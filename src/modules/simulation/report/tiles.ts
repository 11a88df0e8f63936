/** A figure with its name and a note. */
export type Tile = readonly [label: string, value: string, note: string];

/** Figures with their names and notes. */
export function tileList(shown: readonly Tile[]): string {
  const tile = ([label, value, note]: Tile): string =>
    `<div class="tile"><dt>${label}</dt><dd><strong>${value}</strong><span>${note}</span></dd></div>`;
  return `<dl class="tiles">${shown.map(tile).join('')}</dl>`;
}
