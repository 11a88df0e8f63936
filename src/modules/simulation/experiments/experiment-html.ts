import { escapeHtml, htmlPage } from '../../../core/html/index.js';
import { plural } from '../../../core/words.js';
import { chartSection } from '../report/report-html.js';
import { tileList } from '../report/tiles.js';
import { FLIPS, RESAMPLES, USUAL_POWER, type Analysis, type Comparison, type Verdict } from './analysis.js';
import { experimentCharts } from './experiment-charts.js';
import { leastAdjustedPAmong, warningsOf } from './feasibility.js';
import { pText, short } from './experiment-format.js';
import type { ExperimentResults } from './experiment-results.js';
import { EXACT_PAIRS } from './statistics/permutation.js';

const VERDICTS: Record<Verdict['verdict'], readonly [text: string, pill: string]> = {
  supported: ['supported', 'allow'],
  not_supported: ['not supported', 'review'],
  opposite: ['the opposite', 'block'],
  undecidable: ['cannot be told', ''],
};
const STYLE = `.experiment td:first-child{min-width:120px}.experiment table{font-size:13px}.experiment td,.experiment th{padding:6px}.experiment td{white-space:nowrap}
.experiment td.text{white-space:normal;min-width:280px}.notice{border-left:4px solid var(--three)}.notice ul{margin:8px 0 0;padding-left:20px}
tr.primary td{font-weight:600}.methods p{max-width:90ch;margin:8px 0}`;

/** What an experiment found, as a page that needs nothing else. */
export function renderExperiment(results: ExperimentResults): string {
  const title = escapeHtml(results.experiment.title);
  return htmlPage(
    `${title} · Azt3kNet experiment`,
    [
      header(results, title),
      tiles(results),
      deviations(results),
      verdicts(results),
      charts(results),
      comparisons(results),
      arms(results),
      methods(results),
      registration(results),
    ],
    STYLE,
  );
}

function charts(results: ExperimentResults): string {
  const drawn = experimentCharts(results);
  return drawn.length === 0 ? '' : chartSection(drawn);
}

function header({ experiment }: ExperimentResults, title: string): string {
  const { definition, scenario, scenario_version, ticks } = experiment;
  const facts = [
    `experiment <b>${escapeHtml(experiment.name)}</b>`,
    `scenario <b>${escapeHtml(scenario)}</b> ${escapeHtml(scenario_version)}`,
    `<b>${definition.arms.length}</b> arms × <b>${definition.seeds.length}</b> seeds`,
    `<b>${ticks}</b> ticks`,
    `control <b>${escapeHtml(definition.control)}</b>`,
  ];
  return `<header>
<p class="badge" role="note">Synthetic data: every account and every text behind these figures is made up</p>
<h1>${title}</h1>
<p class="lead">${escapeHtml(definition.description)}</p>
<p class="facts">${facts.map((fact) => `<span>${fact}</span>`).join('')}</p>
</header>`;
}

function tiles({ experiment, analysis }: ExperimentResults): string {
  const { primary_outcome } = experiment.definition.preregistration;
  const tests = analysis.comparisons.filter(({ adjusted_p }) => adjusted_p !== null);
  const found = tests.filter(({ adjusted_p }) => (adjusted_p as number) <= analysis.alpha);
  const primary = analysis.comparisons.find((each) => each.primary);
  const supported = analysis.verdicts.filter(({ verdict }) => verdict === 'supported').length;
  const isTold = analysis.verdicts.some(({ verdict }) => verdict !== 'undecidable');
  return tileList([
    ['Runs', `${experiment.completed} of ${experiment.runs}`, experiment.status],
    [
      'Hypotheses supported',
      isTold ? `${supported} of ${analysis.verdicts.length}` : '–',
      'as they were registered',
    ],
    [
      'Primary outcome',
      short(primary?.mean),
      `${escapeHtml(primary_outcome)} in ${escapeHtml(primary?.arm ?? '–')} less the control`,
    ],
    [
      'Found',
      tests.length === 0 ? '–' : `${found.length} of ${analysis.comparisons.length}`,
      `comparisons, with all together at ${analysis.alpha}`,
    ],
  ]);
}

function deviations({ deviations: list }: ExperimentResults): string {
  if (list.length === 0)
    return `<section class="card"><h2>As registered</h2><p>No deviation from the registration was found.</p></section>`;
  return `<section class="card notice"><h2>Deviations from the registration</h2><ul>${list.map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul></section>`;
}

function verdicts({ analysis }: ExperimentResults): string {
  const heads = ['Hypothesis', 'Arm', 'Outcome', 'Expected', 'Verdict'];
  return table(
    'Hypotheses',
    heads,
    analysis.verdicts.map((each) => verdictRow(each, analysis)),
    heads.length,
  );
}

function verdictRow(given: Verdict, analysis: Analysis): string {
  const { text, arm, outcome, direction, verdict } = given;
  const [said, pill] = VERDICTS[verdict];
  const cells = [
    escapeHtml(arm),
    escapeHtml(outcome),
    direction,
    `<span class="pill ${pill}">${said}</span>${beyondReach(given, analysis)}`,
  ];
  return `<tr><td class="text" dir="auto">${escapeHtml(text)}</td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** Why a hypothesis could not have been supported, where that was so from the start. */
function beyondReach({ arm, outcome, verdict }: Verdict, { alpha, comparisons: all }: Analysis): string {
  const own = all.find((each) => each.arm === arm && each.outcome === outcome);
  if (verdict !== 'not_supported' || own === undefined) return '';
  const least = leastAdjustedPAmong(own, all);
  if (least <= alpha) return '';
  return `<br><small>${plural(own.pairs, 'pair')} cannot show it: no p is below ${short(least)}, and alpha is ${alpha}</small>`;
}

function comparisons({ analysis, experiment }: ExperimentResults): string {
  const level = Math.round(1000 * (1 - analysis.alpha)) / 10;
  const planned = experiment.definition.preregistration.smallest_effect;
  const row = (each: Comparison): string =>
    `<tr${each.primary ? ' class="primary"' : ''}><td>${escapeHtml(each.outcome)}</td><td>${escapeHtml(each.arm)}</td>${[
      String(each.pairs),
      short(each.mean),
      each.relative === null ? '–' : `${short(100 * each.relative)} %`,
      interval(each.t_interval),
      interval(each.bca_interval),
      short(each.hedgesG),
      pText(each.p),
      pText(each.adjusted_p),
      short(each.achieved_power),
      short(each.detectable_effect),
      ...(planned === undefined ? [] : [short(each.registered_power)]),
    ]
      .map((cell) => `<td class="n">${cell}</td>`)
      .join('')}</tr>`;
  const heads = [
    'Outcome',
    'Arm',
    'Pairs',
    'Difference',
    'of control',
    `t interval, ${level} %`,
    'BCa interval',
    'Hedges’ g',
    'p',
    'p, Holm',
    'Power seen',
    `dz for ${100 * USUAL_POWER} %`,
    ...(planned === undefined ? [] : [`Power at dz ${planned}`]),
  ];
  return table('Comparisons with the control', heads, analysis.comparisons.map(row), 2);
}

function interval(ends: readonly [number, number] | null): string {
  return ends === null ? '–' : `${short(ends[0])} to ${short(ends[1])}`;
}

function arms({ analysis }: ExperimentResults): string {
  const rows = analysis.arms.map(
    ({ arm, outcome, runs, mean, deviation }) =>
      `<tr><td>${escapeHtml(outcome)}</td><td>${escapeHtml(arm)}</td>${[String(runs), short(mean), short(deviation)].map((cell) => `<td class="n">${cell}</td>`).join('')}</tr>`,
  );
  return table('Arms', ['Outcome', 'Arm', 'Runs', 'Mean', 'Standard deviation'], rows, 2);
}

/** @param texts how many columns are not numbers */
function table(title: string, heads: readonly string[], rows: readonly string[], texts: number): string {
  const head = heads.map((name, place) => `<th${place < texts ? '' : ' class="n"'}>${name}</th>`).join('');
  return `<section class="card experiment"><h2>${title}</h2>
<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

function methods({ analysis, experiment }: ExperimentResults): string {
  const count = analysis.comparisons.length;
  return `<section class="card methods"><h2>Methods</h2>
<p>Every arm ran with the same ${experiment.definition.seeds.length} seeds: the same people, texts and random numbers. Runs of the same seed are compared in pairs, so that what differs between seeds does not count.</p>
<p>Intervals of the mean difference: Student’s t, and the bootstrap (BCa, ${RESAMPLES} resamples, seeded by the digest). Effect size: Cohen’s dz with Hedges’ correction. p: the two-sided sign-flip test, over all flips up to ${EXACT_PAIRS} pairs, otherwise over ${FLIPS} drawn ones; adjusted by Holm over ${count === 1 ? 'the one comparison' : `all ${count} registered comparisons, those without a value among them`}. With few pairs no p can be small: with n of them the least is 2/2ⁿ, times the number of comparisons. ${warningsOf(
    experiment.definition,
  )
    .map((each) => escapeHtml(`Here, ${each}.`))
    .join(' ')}</p>
<p>“Power seen” is that of the paired t test against the effect that was seen; it says no more than p does (Hoenig and Heisey, 2001). The next column is the effect that would have been found four times of five. An interval is about these seeds of this model, not about people.</p>
</section>`;
}

function registration({ experiment, runs }: ExperimentResults): string {
  const { definition, created_at, first_started_at } = experiment;
  const { preregistration } = definition;
  const pairs: [string, string][] = [
    ['registered', created_at.toISOString()],
    ['first run started', first_started_at?.toISOString() ?? '–'],
    ['primary outcome', preregistration.primary_outcome],
    ['alpha', String(preregistration.alpha)],
    ['stopping', preregistration.stopping],
    ['pre-registration (SHA-256)', experiment.preregistration_sha256],
    ['experiment (SHA-256)', experiment.digest],
    ['file (SHA-256)', experiment.file_sha256],
    ...experiment.arms.map(({ name, digest }): [string, string] => [`arm ${name} (SHA-256)`, digest]),
    ...runs.map(({ arm, seed, run_id, checksum }): [string, string] => [
      `${arm}, seed ${seed}`,
      run_id === null ? '–' : `run ${run_id}, checksum ${checksum ?? '–'}`,
    ]),
  ];
  return `<section class="card provenance"><h2>Registration and runs</h2>
<p>The file and its pre-registration were hashed and written into the audit before the first run.</p>
<dl>${pairs.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
</section>`;
}
