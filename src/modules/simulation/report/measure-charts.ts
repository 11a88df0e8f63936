import { log } from '../../../engine/index.js';
import { AXIS, type Chart, drawSvg, HALF, INKS } from './chart-renderer.js';
import type { ReportData } from './report-data.js';
import { LEGEND, timeAxis } from './time-charts.js';

/** Draws lines over time between two values. */
function lines(data: ReportData, series: readonly object[], [min, max]: readonly [number, number]): string {
  return drawSvg(HALF, {
    grid: { left: 48, right: 16, top: 36, bottom: 28 },
    legend: LEGEND,
    xAxis: timeAxis(data, 6),
    yAxis: { ...AXIS, type: 'value', min, max },
    series,
  });
}

/** A line without anything below it: several cross each other. */
function trace(name: string, data: readonly number[], color: string): object {
  return { name, type: 'line', symbol: 'none', lineStyle: { width: 1.5, color }, itemStyle: { color }, data };
}

/** How evenly attention was spread, tick by tick. */
export function diversityChart(data: ReportData): Chart {
  const most = log(Math.max(data.agents, 2));
  const topics = log(Math.max(data.communities.labels.length, 2));
  const series = [
    trace('authors', relative(data, 'author_entropy', most), INKS.one),
    trace('topics', relative(data, 'topic_entropy', topics), INKS.three),
    trace('attention Gini', relative(data, 'attention_gini', 1), INKS.two),
  ];
  const note =
    'Entropy of the authors and topics shown in each tick, as a part of its largest value, and the Gini coefficient of how often authors were shown.';
  return { title: 'Diversity of what was shown', note, shape: 'plain', svg: lines(data, series, [0, 1]) };
}

function relative(
  { per_tick }: ReportData,
  name: 'author_entropy' | 'topic_entropy' | 'attention_gini',
  whole: number,
): number[] {
  return per_tick.map((tick) => (tick[name] ?? 0) / whole);
}

/** Whether reposts stay within groups, up to each tick. */
export function polarisationChart(data: ReportData): Chart {
  const series = [
    trace(
      'E-I index',
      data.per_tick.map((tick) => tick.repost_ei_index),
      INKS.four,
    ),
    trace(
      'modularity',
      data.per_tick.map((tick) => tick.repost_modularity),
      INKS.one,
    ),
  ];
  const note = `Reposts up to each tick by ${data.measures.groups.by}: an E-I index of -1 stays within groups, 1 leaves them; modularity is 0 for chance.`;
  return { title: 'Reposts within groups', note, shape: 'plain', svg: lines(data, series, [-1, 1]) };
}
