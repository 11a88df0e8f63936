import { AXIS, type Chart, drawSvg, INKS } from './chart-renderer.js';
import { grouped, percent } from './report-format.js';
import type { ReportData } from './report-data.js';

/** Who interacts with whom. */
export function communityChart({ communities, network }: ReportData): Chart {
  const cells = communities.interactions.flatMap((row, from) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, to) => [to, from, total === 0 ? 0 : Math.round((100 * count) / total)]);
  });
  const category = {
    ...AXIS,
    type: 'category',
    data: communities.labels,
    splitLine: { show: false },
    axisLine: { show: false },
  };
  const svg = drawSvg([520, 380], {
    grid: { left: 110, right: 12, top: 8, bottom: 92 },
    xAxis: { ...category, axisLabel: { ...AXIS.axisLabel, interval: 0, rotate: 40 } },
    yAxis: { ...category, inverse: true, axisLabel: { ...AXIS.axisLabel, interval: 0 } },
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(...cells.map(([, , share = 0]) => share), 1),
      inRange: { opacity: [0.04, 0.7] },
    },
    series: [
      {
        type: 'heatmap',
        itemStyle: { color: INKS.one, borderColor: INKS.surface, borderWidth: 2 },
        label: { show: true, color: INKS.ink, fontSize: 11, opacity: 1 },
        data: cells,
      },
    ],
  });
  const note = `Whose posts (column) the members of an interest group (row) interacted with, in per cent; E-I index of follows ${network.ei_index.toFixed(2)}.`;
  return { title: 'Interest communities', note, shape: 'tall', svg };
}

function ranking(counts: Readonly<Record<string, number>>, color: string): string {
  const entries = Object.entries(counts);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  return drawSvg([520, entries.length * 34 + 16], {
    grid: { left: 92, right: 110, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false },
    yAxis: {
      ...AXIS,
      type: 'category',
      inverse: true,
      axisLine: { show: false },
      data: entries.map(([name]) => name),
    },
    series: [
      {
        type: 'bar',
        barWidth: 16,
        itemStyle: { color, borderRadius: 3 },
        label: {
          show: true,
          position: 'right',
          color: INKS.muted,
          fontSize: 12,
          formatter: ({ value }: { value: number }) => `${grouped(value)}  ·  ${percent(value, total)}`,
        },
        data: entries.map(([, count]) => count),
      },
    ],
  });
}

/** Which reactions were chosen. */
export function reactionChart(data: ReportData): Chart {
  return {
    title: 'Reactions',
    note: 'How agents reacted to posts.',
    shape: 'plain',
    svg: ranking(data.reactions, INKS.four),
  };
}

/** Why posts were shown. */
export function reasonChart(data: ReportData): Chart {
  const note =
    'Whether a post came from a followed account, through a repost, by discovery, or by a notification.';
  return {
    title: 'Why posts were shown',
    note,
    shape: 'plain',
    svg: ranking(data.exposure_reasons, INKS.five),
  };
}
