import type { components } from '@azt3knet/client';
import type { Cli } from '../../../core/cli/index.js';

type Difference = components['schemas']['RunDifference'];

/** Shows where two runs part. */
export async function showDifference(cli: Cli, id: string, other: string): Promise<void> {
  const client = await cli.api();
  const difference = await client.get('/api/v1/runs/{id}/diff/{other}', { params: { path: { id, other } } });
  cli.output.result(difference, describeDifference(cli, difference));
}

function describeDifference({ output }: Cli, difference: Difference): string {
  const { same, first_tick, ended, inputs, metrics, event } = difference;
  if (same) return 'the runs are the same in every tick';
  return output.pairs([
    [
      'first tick that differs',
      ended ? `${first_tick}, which one of the runs does not have` : String(first_tick),
    ],
    ...(inputs.length === 0 ? [] : [['made from other', inputs.join(', ')] as const]),
    ...metrics.map((metric) => [metric.name, metricText(metric)] as const),
    ...(event === null
      ? []
      : [
          ['first event of the run', describeEvent(event.run)] as const,
          ['of the other', describeEvent(event.other)] as const,
        ]),
  ]);
}

function describeEvent(event: NonNullable<Difference['event']>['run']): string {
  return event === null ? '(none)' : JSON.stringify(event);
}

/** Both values of a metric, with four digits behind the point, or as many as tell them apart. */
export function metricText({ run, other }: Difference['metrics'][number]): string {
  const digits =
    [4, 6, 8, 10, 12].find((places) => shortened(run, places) !== shortened(other, places)) ?? MOST_DIGITS;
  return `${shortened(run, digits)} and ${shortened(other, digits)}`;
}

/** More than a number has. */
const MOST_DIGITS = 20;

function shortened(value: number | null, digits: number): string {
  if (value === null) return 'no such tick';
  return String(digits === MOST_DIGITS ? value : Number(value.toFixed(digits)));
}
