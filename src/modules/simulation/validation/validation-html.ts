import { escapeHtml, htmlPage } from '../../../core/html/index.js';
import { percent } from '../report/report-format.js';
import { tileList } from '../report/tiles.js';
import { minutesOf, type ValidatedRun, type Validation } from './validate.js';

/** A validation as a page that needs nothing else. */
export function renderValidation(run: ValidatedRun, validation: Validation): string {
  const title = `Validation of ${escapeHtml(run.scenario)}`;
  const { reference, selection } = validation;
  const known =
    reference.kind === 'trees' ? 'real trees that were given' : 'aggregates; the trees are not known';
  const header = `<header>
<p class="badge" role="note">Synthetic data: every account and every text behind these figures is made up</p>
<h1>${title}</h1>
<p class="lead">The cascades of a run beside real ones: ${escapeHtml(reference.title)} (${reference.cascades} cascades, ${known}).</p>
<p class="facts"><span>run <b>${run.id}</b></span><span>seed <b>${escapeHtml(run.seed)}</b></span><span><b>${selection.cascades}</b> of ${selection.posts} cascades have ${selection.min_size} nodes or more</span></p>
</header>`;
  const parts = [
    header,
    tiles(validation),
    figures(validation),
    timing(validation, minutesOf(run)),
    curves(validation),
    baselines(validation),
  ];
  return htmlPage(`${title} · Azt3kNet`, parts);
}

function tiles({ figures: compared, timing: { error }, attention }: Validation): string {
  const ratios = compared.flatMap(({ log_ratio }) => (log_ratio === null ? [] : [Math.abs(log_ratio)]));
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / Math.max(ratios.length, 1);
  return tileList([
    ['Shape', ratios.length === 0 ? '–' : mean.toFixed(2), 'mean distance in ln, 0 is equal'],
    ['Timing', digits(error), 'root mean square error of reach'],
    [
      'Did nothing',
      attention.idle_sessions === null ? '–' : percent(attention.idle_sessions, 1),
      'of sessions that read',
    ],
    [
      'Did nothing in reality',
      percent(attention.reference, 1),
      'of people who were shown a feed, as published',
    ],
  ]);
}

function figures({ figures: compared, distributions }: Validation): string {
  const distance = new Map(distributions?.map((each) => [each.measure, each]));
  const rows = compared.map(({ measure, statistic, simulated, reference, log_ratio }) => {
    const known = statistic === 'median' ? distance.get(measure) : undefined;
    const cells = [
      digits(simulated),
      digits(reference),
      digits(log_ratio),
      digits(known?.ks),
      digits(known?.wasserstein),
    ];
    return [`${measure}, ${statistic === 'p90' ? '90th percentile' : 'median'}`, ...cells];
  });
  const names = ['Shape', 'Simulated', 'Real', 'ln of the ratio', 'KS', 'Wasserstein'];
  return card(
    'Shape',
    'Size counts nodes, depth steps from the root, breadth the most nodes at one depth; virality is the mean distance of two nodes.',
    table(names, rows),
  );
}

function timing({ timing: { points, error, baselines: nulls } }: Validation, end: number): string {
  const beyond = points.some(({ minutes }) => minutes > end)
    ? ` The run ends after ${end} minutes: what it would have reached later is not in it.`
    : '';
  const rows = [
    ...points.map(({ minutes, simulated, reference }) => [
      `within ${minutes} min`,
      percent(simulated, 1),
      percent(reference, 1),
    ]),
    ['error of the run', digits(error), ''],
    ...nulls.map(({ name, error: of }) => [`error of ${name.replaceAll('_', ' ')}`, digits(of), '']),
  ];
  return card(
    'Timing',
    `Share of a cascade’s users that were reached within so many minutes of its root.${beyond}`,
    table(['', 'Simulated', 'Real'], rows),
  );
}

function curves({ curves: errors }: Validation): string {
  if (errors === null) return '';
  const rows = errors.map(({ measure, error }) => [measure, digits(error.mean), digits(error.median)]);
  return card(
    'Growth',
    'Normalised RMSE over the first 150 minutes, each real cascade beside the simulated one of the same rank by size.',
    table(['Curve', 'Mean', 'Median'], rows),
  );
}

function baselines({ baselines: { source, list, best_published_scale: best } }: Validation): string {
  const rows = list.map(({ name, scale, depth, breadth }) => [
    name.replaceAll('_', ' '),
    digits(scale),
    digits(depth),
    digits(breadth),
  ]);
  const whence =
    source === 'computed'
      ? 'computed on the trees that were given'
      : 'published figures, since the trees are not known';
  return card(
    'Null models',
    `Normalised RMSE over the first 150 minutes: ${whence}. The best published simulator reaches ${digits(best)} on scale.`,
    table(['Model', 'Scale', 'Depth', 'Breadth'], rows),
  );
}

function card(title: string, note: string, content: string): string {
  return `<section class="card measures"><h2>${title}</h2><p>${note}</p><div class="scroll">${content}</div></section>`;
}

function table(names: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<table><thead>${line('th', names)}</thead><tbody>${rows.map((row) => line('td', row)).join('\n')}</tbody></table>`;
}

function line(tag: 'th' | 'td', cells: readonly string[]): string {
  return `<tr>${cells.map((cell, place) => `<${tag}${place === 0 ? '' : ' class="n"'}>${cell}</${tag}>`).join('')}</tr>`;
}

function digits(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Number(value.toFixed(value < 10 ? 2 : 0)));
}
