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
    ...metrics.map(({ name, run, other }) => [name, `${valueOf(run)} and ${valueOf(other)}`] as const),
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

function valueOf(value: number | null): string {
  return value === null ? 'no such tick' : String(value);
}
