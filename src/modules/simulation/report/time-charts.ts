import { AXIS, type Chart, drawSvg, HALF, INKS, WIDE } from './chart-renderer.js';
import { timeLabel, type TimeData } from './report-format.js';

/** Time along the bottom of a chart. */
export function timeAxis(data: TimeData, labelled: number): object {
  const labels = data.per_tick.map((tick) => timeLabel(data, tick.tick * data.scenario.tick_minutes));
  const interval = Math.max(Math.ceil(data.ticks / labelled), 1);
  return {
    ...AXIS,
    type: 'category',
    boundaryGap: false,
    data: labels,
    axisLabel: { ...AXIS.axisLabel, interval: (index: number) => index % interval === 0 },
  };
}

function area(name: string, values: readonly number[], color: string, stack?: string): object {
  return {
    name,
    type: 'line',
    ...(stack === undefined ? {} : { stack }),
    symbol: 'none',
    lineStyle: { width: 1.5, color },
    itemStyle: { color },
    areaStyle: { color, opacity: stack === undefined ? 0.12 : 0.55 },
    data: values,
  };
}

/** The names of the lines, above them. */
export const LEGEND = {
  top: 0,
  left: 0,
  icon: 'roundRect',
  itemWidth: 12,
  itemHeight: 8,
  itemGap: 26,
  textStyle: { color: INKS.muted },
};

/** What happened in each tick. */
export function activityChart(data: TimeData): Chart {
  const column = (name: 'posts' | 'reactions' | 'comments' | 'reposts') =>
    data.per_tick.map((tick) => tick[name]);
  const svg = drawSvg(WIDE, {
    grid: { left: 44, right: 16, top: 36, bottom: 28 },
    legend: LEGEND,
    xAxis: timeAxis(data, 12),
    yAxis: { ...AXIS, type: 'value', minInterval: 1 },
    series: [
      area('posts', column('posts'), INKS.one, 'acts'),
      area('reposts', column('reposts'), INKS.two, 'acts'),
      area('comments', column('comments'), INKS.three, 'acts'),
      area('reactions', column('reactions'), INKS.four, 'acts'),
    ],
  });
  const note = `What agents did in each tick of ${data.scenario.tick_minutes} simulated minutes.`;
  return { title: 'Activity', note, shape: 'wide', svg };
}

/** How many agents were reached up to each tick. */
export function reachChart(data: TimeData): Chart {
  const share = (count: number): number => (data.agents === 0 ? 0 : (100 * count) / data.agents);
  const svg = drawSvg(HALF, {
    grid: { left: 48, right: 16, top: 36, bottom: 28 },
    legend: LEGEND,
    xAxis: timeAxis(data, 6),
    yAxis: { ...AXIS, type: 'value', max: 100, axisLabel: { ...AXIS.axisLabel, formatter: '{value} %' } },
    series: [
      area(
        'shown a post',
        data.per_tick.map((tick) => share(tick.reached)),
        INKS.two,
      ),
      area(
        'posted or interacted',
        data.per_tick.map((tick) => share(tick.acted)),
        INKS.one,
      ),
    ],
  });
  return { title: 'Cumulative reach', note: 'Share of all agents, up to each tick.', shape: 'plain', svg };
}
