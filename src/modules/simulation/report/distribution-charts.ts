import { AXIS, type Chart, drawSvg, HALF, INKS } from './chart-renderer.js';
import { grouped } from './report-format.js';
import type { Distribution, ReportData } from './report-data.js';

/** The share of values that are at least each value. */
function tail(values: Distribution): [number, number][] {
  const total = values.reduce((sum, [, count]) => sum + count, 0);
  let left = total;
  return values.map(([value, count]) => {
    const point: [number, number] = [value, left / total];
    left -= count;
    return point;
  });
}

/** How large cascades grew. */
export function cascadeSizeChart({ cascades }: ReportData): Chart {
  const points = tail(cascades.sizes);
  let lowest = 0.1;
  while (lowest > (points.at(-1)?.[1] ?? 1)) lowest /= 10;
  const svg = drawSvg(HALF, {
    grid: { left: 56, right: 20, top: 16, bottom: 40 },
    xAxis: { ...AXIS, type: 'log', name: 'cascade size', nameLocation: 'middle', nameGap: 26 },
    yAxis: {
      ...AXIS,
      type: 'log',
      min: lowest,
      max: 1,
      axisLabel: {
        ...AXIS.axisLabel,
        formatter: (value: number) => `${Number((value * 100).toPrecision(3))} %`,
      },
    },
    series: [
      {
        type: 'line',
        step: 'start',
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { width: 1.5, color: INKS.one },
        itemStyle: { color: INKS.one },
        data: points,
      },
    ],
  });
  const note = `Share of posts whose cascade (the post, its reposts and comments) is at least this large; the largest has ${grouped(cascades.largest)}.`;
  return { title: 'Cascade sizes', note, shape: 'plain', svg };
}

function bars(
  labels: readonly string[],
  values: readonly number[],
  color: string,
  logarithmic = false,
): string {
  return drawSvg(HALF, {
    grid: { left: 48, right: 16, top: 24, bottom: 28 },
    xAxis: {
      ...AXIS,
      type: 'category',
      data: labels,
      axisLabel: { ...AXIS.axisLabel, interval: 0, fontSize: 11 },
    },
    yAxis: logarithmic
      ? {
          ...AXIS,
          type: 'log',
          min: 0.5,
          startValue: 0.5,
          axisLabel: { ...AXIS.axisLabel, formatter: wholeOnly },
        }
      : { ...AXIS, type: 'value' },
    series: [
      {
        type: 'bar',
        barMaxWidth: 44,
        itemStyle: { color, borderRadius: [3, 3, 0, 0] },
        label: {
          show: true,
          position: 'top',
          color: INKS.muted,
          fontSize: 11,
          formatter: ({ value }: { value: number }) => (value > 0 ? grouped(value) : ''),
        },
        // A logarithmic axis has no zero.
        data: values.map((value) => (logarithmic && value === 0 ? null : value)),
      },
    ],
  });
}

function wholeOnly(value: number): string {
  return value < 1 ? '' : grouped(value);
}

/** How deep cascades went. */
export function cascadeDepthChart({ cascades }: ReportData): Chart {
  const depths = Array.from({ length: cascades.deepest + 1 }, (_, depth) => depth);
  const counts = new Map(cascades.depths);
  const svg = bars(
    depths.map(String),
    depths.map((depth) => counts.get(depth) ?? 0),
    INKS.three,
    true,
  );
  const note = 'Posts by the steps from the post to its farthest repost or reply, on a logarithmic scale.';
  return { title: 'Cascade depth', note, shape: 'plain', svg };
}

/** How many followers agents have. */
export function followerChart({ network, agents }: ReportData): Chart {
  const labels: string[] = [];
  const counts: number[] = [];
  const most = network.followers.at(-1)?.[0] ?? 0;
  for (let low = 0, high = 0; low <= most; low = high + 1, high = Math.max(2 * high + 1, 1)) {
    labels.push(String(low));
    counts.push(
      network.followers.reduce((sum, [value, count]) => sum + (value >= low && value <= high ? count : 0), 0),
    );
  }
  const mean = agents === 0 ? 0 : network.follows / agents;
  const note = `Agents by number of followers, each bar from its number up to the next; ${mean.toFixed(1)} on average, Gini coefficient ${network.follower_gini.toFixed(2)}.`;
  return { title: 'Followers', note, shape: 'plain', svg: bars(labels, counts, INKS.two) };
}
