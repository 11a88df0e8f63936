import { createHash } from 'node:crypto';
import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  VisualMapComponent,
  SVGRenderer,
]);

/**
 * Colours as ECharts is told them. Each stands for a CSS variable of the page, which takes its place in the SVG, so
 * that one drawing serves light and dark.
 */
export const INKS = {
  ink: '#000101',
  muted: '#000102',
  grid: '#000103',
  surface: '#000104',
  one: '#000105',
  two: '#000106',
  three: '#000107',
  four: '#000108',
  five: '#000109',
} as const;

/** A chart with what a reader needs to understand it. */
export interface Chart {
  readonly title: string;
  /** One sentence that says what is to be seen. */
  readonly note: string;
  /** `wide` takes a whole row, `tall` two rows. */
  readonly shape: 'wide' | 'tall' | 'plain';
  readonly svg: string;
}

/** Width and height of a chart in half a row and in a whole one, in the units of its drawing. */
export const HALF = [520, 280] as const;
export const WIDE = [1080, 300] as const;

/** Settings that every chart shares. */
export const AXIS = {
  axisLine: { lineStyle: { color: INKS.grid } },
  axisTick: { show: false },
  axisLabel: { color: INKS.muted, fontSize: 12 },
  nameTextStyle: { color: INKS.muted, fontSize: 12 },
  splitLine: { lineStyle: { color: INKS.grid } },
} as const;

/** Draws a chart as SVG text that scales to the width of its place; the same option gives the same text. */
export function drawSvg([width, height]: readonly [number, number], option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit', color: INKS.ink }, ...option });
    return tidy(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

function tidy(svg: string): string {
  let text = svg
    // Class names count the charts drawn in this process; they serve hover effects alone.
    .replaceAll(/ class="zr[^"]*"/gu, '')
    .replaceAll(/ ecmeta_\w+="[^"]*"/gu, '')
    .replaceAll(/<style[^>]*>.*?<\/style>/gsu, '')
    .replaceAll(/\bzr\d+-/gu, 'chart-')
    .replace(/^<svg width="\d+" height="\d+"/u, '<svg aria-hidden="true"')
    .replaceAll(/[ \t]*\n[ \t]*/gu, '');
  for (const [name, ink] of Object.entries(INKS)) text = text.replaceAll(ink, `var(--${name})`);
  // A page holds several drawings, and what they name (clips, gradients) has to be told apart in it.
  const own = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return text.replaceAll(/\bchart-(?=[a-z]\d)/gu, `chart-${own}-`);
}
