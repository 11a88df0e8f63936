import { AXIS, type Chart, drawSvg, HALF, INKS, WIDE } from '../report/chart-renderer.js';
import { LEGEND } from '../report/time-charts.js';
import type { Comparison } from './analysis.js';
import type { Curve, ExperimentResults } from './experiment-results.js';
import { short } from './experiment-format.js';

const COLOURS = [INKS.one, INKS.two, INKS.four, INKS.three, INKS.five] as const;
/** Height of the forest: its frame, and a comparison. */
const FOREST_FRAME = 76;
const FOREST_ROW = 30;
/** The most curves that a report draws. */
const MOST_CURVES = 6;

/** The colour of an arm, by its place in the file. */
function colour(place: number): string {
  return COLOURS[place % COLOURS.length] ?? INKS.one;
}

/** Every chart of a report. */
export function experimentCharts(results: ExperimentResults): Chart[] {
  return [
    ...forest(results),
    ...differenceCharts(results),
    ...results.curves
      .filter(isMeasured)
      .slice(0, MOST_CURVES)
      .map((curve) => curveChart(results, curve)),
  ];
}

/** Whether any arm has a value at any tick. */
function isMeasured({ arms }: Curve): boolean {
  return arms.some(({ means }) => means.some((value) => value !== null));
}

/** A line from one place to another, without marks. */
function stroke(data: readonly (readonly [number, number])[], color: string, width: number): object {
  return { type: 'line', symbol: 'none', lineStyle: { width, color, cap: 'round' }, data, silent: true };
}

function dots(
  data: readonly (readonly [number, number])[],
  color: string,
  size: number,
  opacity = 1,
): object {
  return { type: 'scatter', symbolSize: size, itemStyle: { color, opacity }, data, silent: true };
}

/** Mean differences with their intervals, as parts of the control’s mean; nothing where no control has one. */
function forest({ analysis, experiment }: ExperimentResults): Chart[] {
  const shown = analysis.comparisons.filter(
    ({ relative, t_interval }) => relative !== null && t_interval !== null,
  );
  if (shown.length === 0) return [];
  const arms = experiment.arms.map(({ name }) => name);
  const rows = shown.map((each, row) => {
    const part = (value: number): number => (100 * value * (each.relative as number)) / (each.mean || 1);
    const ends = (each.bca_interval ?? each.t_interval ?? []).map((end) => (each.mean === 0 ? 0 : part(end)));
    return {
      row: shown.length - 1 - row,
      ends,
      at: 100 * (each.relative as number),
      color: colour(arms.indexOf(each.arm)),
    };
  });
  const names = shown.map(({ arm, outcome }) => `${outcome} · ${arm}`).toReversed();
  const svg = drawSvg([WIDE[0], FOREST_FRAME + FOREST_ROW * shown.length], {
    grid: {
      left: 12,
      right: 28,
      top: 12,
      bottom: 40,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      ...AXIS,
      type: 'value',
      name: 'difference from the control, % of its mean',
      nameLocation: 'middle',
      nameGap: 26,
      axisLabel: { ...AXIS.axisLabel, formatter: (value: number) => `${short(value)} %` },
    },
    yAxis: { ...AXIS, type: 'category', data: names, axisLabel: { ...AXIS.axisLabel, interval: 0 } },
    series: [
      stroke(
        [
          [0, 0],
          [0, shown.length - 1],
        ],
        INKS.muted,
        1,
      ),
      ...rows.flatMap(({ row, ends: [low = 0, high = 0], at, color }) => [
        stroke(
          [
            [low, row],
            [high, row],
          ],
          color,
          3,
        ),
        dots([[at, row]], color, 11),
      ]),
    ],
  });
  const level = Math.round(1000 * (1 - analysis.alpha)) / 10;
  const note = `Mean of the paired differences with its bootstrap interval (BCa, ${level} %); what crosses zero may be chance.`;
  return [{ title: 'Effects', note, shape: 'wide', svg }];
}

function differenceCharts({ analysis, experiment }: ExperimentResults): Chart[] {
  const arms = experiment.arms.map(({ name }) => name);
  return experiment.definition.outcomes.flatMap(({ name: outcome }) => {
    const shown = analysis.comparisons.filter((each) => each.outcome === outcome && each.pairs > 0);
    if (shown.length === 0) return [];
    const svg = differences(shown, arms);
    const note = `${outcome} less that of ${experiment.definition.control} with the same seed: each dot a pair, the bar the mean with its t interval.`;
    return [{ title: `Differences in ${outcome}`, note, shape: 'plain' as const, svg }];
  });
}

function differences(shown: readonly Comparison[], arms: readonly string[]): string {
  const names = shown.map(({ arm }) => arm);
  return drawSvg(HALF, {
    grid: {
      left: 12,
      right: 16,
      top: 16,
      bottom: 12,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      ...AXIS,
      type: 'value',
      min: -0.5,
      max: shown.length - 0.5,
      interval: 0.5,
      splitLine: { show: false },
      axisLabel: { ...AXIS.axisLabel, formatter: (value: number) => names[value] ?? '' },
    },
    yAxis: {
      ...AXIS,
      type: 'value',
      axisLabel: { ...AXIS.axisLabel, formatter: (value: number) => short(value) },
    },
    series: [
      stroke(
        [
          [-0.5, 0],
          [shown.length - 0.5, 0],
        ],
        INKS.muted,
        1,
      ),
      ...shown.flatMap(({ arm, mean, t_interval: ends, differences: found }, x) => {
        const color = colour(arms.indexOf(arm));
        const spread = (place: number): number => x + 0.16 + (0.24 * (place + 1)) / (found.length + 1);
        return [
          dots(
            found.map(({ difference }, place) => [spread(place), difference] as const),
            color,
            7,
            0.55,
          ),
          ...(ends === null
            ? []
            : [
                stroke(
                  [
                    [x, ends[0]],
                    [x, ends[1]],
                  ],
                  color,
                  3,
                ),
              ]),
          stroke(
            [
              [x - 0.1, mean as number],
              [x + 0.1, mean as number],
            ],
            color,
            3,
          ),
        ];
      }),
    ],
  });
}

function curveChart({ experiment }: ExperimentResults, { outcome, from, arms }: Curve): Chart {
  const length = arms.reduce((most, { means }) => Math.max(most, means.length), 0);
  const svg = drawSvg(HALF, {
    grid: {
      left: 12,
      right: 16,
      top: 36,
      bottom: 12,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: LEGEND,
    xAxis: {
      ...AXIS,
      type: 'category',
      boundaryGap: false,
      data: Array.from({ length }, (_, tick) => String(from + tick)),
    },
    yAxis: {
      ...AXIS,
      type: 'value',
      scale: true,
      axisLabel: { ...AXIS.axisLabel, formatter: (value: number) => short(value) },
    },
    series: arms.map(({ arm, means }, place) => ({
      name: arm,
      type: 'line',
      symbol: 'none',
      lineStyle: { width: 1.8, color: colour(place) },
      itemStyle: { color: colour(place) },
      data: means,
    })),
  });
  const runs = experiment.definition.seeds.length;
  return {
    title: `${outcome}, tick by tick`,
    note: `Mean of up to ${runs} runs an arm.`,
    shape: 'plain',
    svg,
  };
}
