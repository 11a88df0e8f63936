import { escapeHtml } from '../../../core/html/index.js';
import type { AuditedMargin } from './population-audit.js';

/** The most bars of a drawing; what comes after is in the table of the report. */
const MAX_BARS = 24;
const ROW = 22;
const LABEL = 190;
const WIDTH = 520;
const BAR = WIDTH - LABEL - 70;

/** Reached numbers as bars, with a line where each was to end. */
export function marginChart({ attributes, cells }: AuditedMargin): string {
  const shown = cells.slice(0, MAX_BARS);
  const most = Math.max(1, ...shown.map(({ target, reached }) => Math.max(target, reached)));
  const at = (value: number): number => Math.round((value / most) * BAR * 100) / 100;
  const rows = shown.map(({ levels, target, reached }, row) => {
    const y = row * ROW;
    const label = levels.join(' · ');
    const short = label.length > 30 ? `${label.slice(0, 29)}…` : label;
    const mark = LABEL + at(target);
    return (
      `<text x="${LABEL - 8}" y="${y + 15}" text-anchor="end" fill="var(--muted)">${escapeHtml(short)}</text>` +
      `<rect x="${LABEL}" y="${y + 4}" width="${Math.max(0.5, at(reached))}" height="14" rx="3" fill="var(--two)"/>` +
      `<line x1="${mark}" x2="${mark}" y1="${y + 1}" y2="${y + 21}" stroke="var(--one)" stroke-width="2"/>` +
      `<text x="${LABEL + Math.max(at(target), at(reached)) + 6}" y="${y + 15}" fill="var(--ink)">${reached.toLocaleString('en')}</text>`
    );
  });
  const title = `${attributes.join(' by ')}: reached and asked for`;
  return (
    `<svg viewBox="0 0 ${WIDTH} ${shown.length * ROW + 4}" role="img" aria-label="${escapeHtml(title)}" ` +
    `font-size="12" font-family="inherit">${rows.join('')}</svg>`
  );
}
