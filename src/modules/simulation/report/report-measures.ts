import { escapeHtml } from '../../../core/html/index.js';
import type { GroupMeasures, Spread } from '../measures/run-measures.js';
import type { ReportData } from './report-data.js';
import { grouped, percent } from './report-format.js';

/** What is measured of the whole run: cascades, polarisation, and everything by group. */
export function measuresSection(data: ReportData): string {
  return `<section class="card measures">
<h2>Measures</h2>
<div class="scroll">${cascadeTable(data)}</div>
${facts(data)}
</section>
<section class="card measures">
<h2>By ${escapeHtml(data.measures.groups.by.replaceAll('_', ' '))}</h2>
<div class="scroll">${groupTable(data.measures.groups.list)}</div>
</section>`;
}

function cascadeTable({ measures: { cascades, reach } }: ReportData): string {
  const rows: (readonly [string, Spread, number])[] = [
    ['Cascade size', cascades.size, 1],
    ['Cascade depth', cascades.depth, 1],
    ['Maximum breadth', cascades.breadth, 1],
    ['Structural virality', cascades.virality, 2],
    ['Views of a post', reach.views, 1],
  ];
  return `<table>
<thead><tr><th>Of ${grouped(cascades.count)} posts</th>${heads(['Mean', 'Median', '90th percentile', 'Largest'])}</tr></thead>
<tbody>${rows.map(spreadRow).join('\n')}</tbody>
</table>`;
}

function spreadRow([name, { mean, median, p90, max }, digits]: readonly [string, Spread, number]): string {
  return `<tr><td>${name}</td>${[mean, median, p90, max].map((value) => cell(value.toFixed(digits))).join('')}</tr>`;
}

function facts({ measures }: ReportData): string {
  const { diversity, polarisation, rates } = measures;
  const { opinion } = polarisation;
  const pairs: (readonly [string, string])[] = [
    [
      'Reactions, comments, reposts and quotes for 100 exposures',
      [rates.reactions, rates.comments, rates.reposts, rates.quotes]
        .map((rate) => (100 * rate).toFixed(2))
        .join(' · '),
    ],
    ['Attention Gini', measures.attention_gini.toFixed(3)],
    ...(diversity === null
      ? []
      : [
          [
            'Entropy of what an agent sees: authors · topics',
            `${diversity.authors.toFixed(2)} · ${diversity.topics.toFixed(2)} nats`,
          ] as const,
        ]),
    [
      'E-I index of follows · of reposts',
      `${polarisation.follow_ei_index.toFixed(3)} · ${polarisation.repost_ei_index.toFixed(3)}`,
    ],
    [
      'Modularity of follows · of reposts',
      `${polarisation.follow_modularity.toFixed(3)} · ${polarisation.repost_modularity.toFixed(3)}`,
    ],
    ...(opinion === null
      ? []
      : [
          [
            `Opinion${opinion.topic === null ? '' : ` on ${opinion.topic}`}: variance · bimodality`,
            `${opinion.variance.toFixed(3)} · ${opinion.bimodality.toFixed(3)}`,
          ] as const,
        ]),
    ...(measures.labelled_prevalence === null
      ? []
      : [['Labelled, of everything shown', percent(measures.labelled_prevalence, 1)] as const]),
    ['Compliance ratio', percent(measures.compliance_ratio, 1)],
  ];
  return `<dl class="pairs">${pairs.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

function groupRow(group: GroupMeasures): string {
  return `<tr><td>${escapeHtml(group.group)}</td>${[
    grouped(group.agents),
    grouped(group.posts),
    orDash(group.exposures, grouped),
    grouped(group.reactions),
    grouped(group.comments),
    grouped(group.reposts),
    percent(group.silent, 1),
    orDash(group.attention, (share) => percent(share, 1)),
    orDash(group.topic_entropy, (nats) => nats.toFixed(2)),
    orDash(group.labelled_prevalence, (share) => percent(share, 1)),
  ]
    .map(cell)
    .join('')}</tr>`;
}

function groupTable(groups: readonly GroupMeasures[]): string {
  const names = [
    'Agents',
    'Posts',
    'Exposures',
    'Reactions',
    'Comments',
    'Reposts',
    'Silent',
    'Attention',
    'Topic entropy',
    'Labelled',
  ];
  return `<table>
<thead><tr><th>Group</th>${heads(names)}</tr></thead>
<tbody>${groups.map(groupRow).join('\n')}</tbody>
</table>`;
}

function heads(names: readonly string[]): string {
  return names.map((name) => `<th class="n">${name}</th>`).join('');
}

function cell(text: string): string {
  return `<td class="n">${text}</td>`;
}

function orDash(value: number | null, show: (value: number) => string): string {
  return value === null ? '–' : show(value);
}
