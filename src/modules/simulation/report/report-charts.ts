import type { Chart } from './chart-renderer.js';
import { cascadeDepthChart, cascadeSizeChart, followerChart } from './distribution-charts.js';
import { communityChart, reactionChart, reasonChart } from './mixture-charts.js';
import type { ReportData } from './report-data.js';
import { activityChart, reachChart } from './time-charts.js';

/** Every chart of a report, in reading order. */
export function reportCharts(data: ReportData): Chart[] {
  const charts = [
    activityChart(data),
    reachChart(data),
    cascadeSizeChart(data),
    cascadeDepthChart(data),
    followerChart(data),
    communityChart(data),
    reactionChart(data),
    ...(Object.keys(data.exposure_reasons).length > 0 ? [reasonChart(data)] : []),
  ];
  // Clip paths are found by id in the whole page.
  return charts.map((chart, place) => ({
    ...chart,
    svg: chart.svg.replaceAll(/\bchart-/gu, `chart${place}-`),
  }));
}
