import { setImmediate } from 'node:timers/promises';
import type { Chart } from './chart-renderer.js';
import { cascadeDepthChart, cascadeSizeChart, followerChart } from './distribution-charts.js';
import { communityChart, reactionChart, reasonChart } from './mixture-charts.js';
import type { ReportData } from './report-data.js';
import { diversityChart, polarisationChart } from './measure-charts.js';
import { activityChart, reachChart } from './time-charts.js';

const CHARTS: readonly ((data: ReportData) => Chart)[] = [
  activityChart,
  reachChart,
  diversityChart,
  polarisationChart,
  cascadeSizeChart,
  cascadeDepthChart,
  followerChart,
  communityChart,
  reactionChart,
  reasonChart,
];

/** Every chart of a report, in reading order. */
export function reportCharts(data: ReportData): Promise<Chart[]> {
  const reasons = Object.keys(data.exposure_reasons).length > 0;
  return drawCharts(
    data,
    CHARTS.filter((make) => make !== reasonChart || reasons),
  );
}

/** Draws charts for one page; between two the event loop gets its turn. */
export async function drawCharts<Data>(
  data: Data,
  makers: readonly ((data: Data) => Chart)[],
): Promise<Chart[]> {
  const charts: Chart[] = [];
  for (const [place, make] of makers.entries()) {
    const chart = make(data);
    // Clip paths are found by id in the whole page.
    charts.push({ ...chart, svg: chart.svg.replaceAll(/\bchart-/gu, `chart${place}-`) });
    await setImmediate();
  }
  return charts;
}
