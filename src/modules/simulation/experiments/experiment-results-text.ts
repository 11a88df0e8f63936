import type { components } from '@azt3knet/client';
import type { Cli, Columns } from '../../../core/cli/index.js';
import { plural } from '../../../core/words.js';
import { pText, short } from './experiment-format.js';

type Results = components['schemas']['ExperimentResults'];

/** What an experiment found, as parts of a page for people: its comparisons, what their columns are, and the verdicts. */
export function resultsText(cli: Cli, results: Results): string[] {
  return [cli.output.columns(results.comparisons, COMPARISONS), legend(results), findings(cli, results)];
}

const COMPARISONS: Columns<Results['comparisons'][number]> = [
  ['outcome', ({ outcome, primary }) => `${outcome}${primary ? ' *' : ''}`],
  ['arm', ({ arm }) => arm],
  ['pairs', ({ pairs }) => String(pairs)],
  ['difference', ({ mean_difference }) => short(mean_difference)],
  [
    't interval',
    ({ t_interval }) => (t_interval === null ? '–' : `${short(t_interval.low)} to ${short(t_interval.high)}`),
  ],
  ['g', ({ hedges_g }) => short(hedges_g)],
  ['p', ({ p_sign_flip }) => pText(p_sign_flip)],
  ['Holm', ({ p_holm }) => pText(p_holm)],
];

/** What the columns of the comparisons are. */
function legend({ alpha, comparisons, primary_outcome }: Results): string {
  return [
    `* ${primary_outcome} is the primary outcome; difference: arm less control`,
    `t interval: Student’s, of the mean difference, at ${Number((100 * (1 - alpha)).toPrecision(6))} %`,
    `p: sign-flip test; Holm: p adjusted over ${plural(comparisons.length, 'comparison')}, alpha ${alpha}`,
  ].join('\n');
}

function findings(cli: Cli, { hypotheses, deviations }: Results): string {
  return cli.output.pairs([
    ...hypotheses.map(({ text, verdict }) => [verdict.replaceAll('_', ' '), text] as const),
    ...deviations.map((each) => ['deviation', each] as const),
  ]);
}
