import { escapeHtml, htmlPage } from '../../../core/html/index.js';
import { UNCHECKED_LABEL } from '../../compliance/index.js';
import type { Chart } from './chart-renderer.js';
import { decidersSection } from './deciders-section.js';
import { reportCharts } from './report-charts.js';
import { grouped, percent, timeLabel } from './report-format.js';
import type { ReportData } from './report-data.js';
import { measuresSection } from './report-measures.js';
import { tileList, type Tile } from './tiles.js';
import type { TopPost } from './top-posts.js';

/** The report of a simulation of people. */
export async function renderReport(data: ReportData): Promise<string> {
  const charts = await reportCharts(data);
  const title = escapeHtml(data.scenario.title);
  return htmlPage(`${title} · Azt3kNet simulation report`, [
    header(data, title),
    tiles(data),
    chartSection(charts),
    measuresSection(data),
    posts(data),
    guard(data),
    decidersSection(data),
    provenance(data),
  ]);
}

/** Charts, two in a row. */
export function chartSection(charts: readonly Chart[]): string {
  return `<section class="charts">${charts.map(figure).join('\n')}</section>`;
}

function header({ scenario, seed, agents, ticks, guard: { labels } }: ReportData, title: string): string {
  const hours = Math.round((ticks * scenario.tick_minutes) / 6) / 10;
  const facts = [
    `scenario <b>${escapeHtml(scenario.id)}</b> ${escapeHtml(scenario.version)}`,
    `seed <b>${escapeHtml(seed)}</b>`,
    `<b>${grouped(agents)}</b> agents`,
    `<b>${grouped(ticks)}</b> ticks of ${scenario.tick_minutes} min (${hours} h)`,
  ];
  const unchecked = Object.hasOwn(labels, UNCHECKED_LABEL)
    ? '<p class="badge" role="note">Unchecked: the guard was off when these texts were written</p>\n'
    : '';
  return `<header>
<p class="badge" role="note">Synthetic data: every account and every text in this report is made up</p>
${unchecked}<h1>${title}</h1>
<p class="lead">${escapeHtml(scenario.description)}</p>
<p class="facts">${facts.map((fact) => `<span>${fact}</span>`).join('')}</p>
</header>`;
}

function tiles({ totals, agents, cascades, network, measures }: ReportData): string {
  const shown: Tile[] = [
    ['Posts', grouped(totals.posts), `${grouped(totals.reposts)} reposts`],
    [
      'Exposures',
      grouped(totals.exposures),
      `${(agents === 0 ? 0 : totals.exposures / agents).toFixed(1)} an agent`,
    ],
    ['Reactions', grouped(totals.reactions), `${percent(totals.reactions, totals.exposures)} of exposures`],
    ['Comments', grouped(totals.comments), `${grouped(totals.replies)} of them replies`],
    ['Reached', percent(totals.reached, agents), `${grouped(totals.reached)} agents were shown a post`],
    [
      'Did nothing',
      percent(measures.rates.idle_sessions, 1),
      `of sessions that read; ${percent(measures.rates.silent_agents, 1)} of agents never acted`,
    ],
    [
      'Largest cascade',
      grouped(cascades.largest),
      `mean ${cascades.mean_size.toFixed(1)}, deepest ${cascades.deepest}`,
    ],
    ['Follower Gini', network.follower_gini.toFixed(2), `${grouped(network.follows)} follows`],
  ];
  return tileList(shown);
}

function figure(chart: Chart): string {
  return `<figure class="${chart.shape}">
<figcaption><h2>${escapeHtml(chart.title)}</h2><p>${escapeHtml(chart.note)}</p></figcaption>
${chart.svg}
</figure>`;
}

function posts(data: ReportData): string {
  const row = (post: TopPost): string => `<tr>
<td><p class="caption" dir="auto">${escapeHtml(post.caption)}</p><p class="byline">@${escapeHtml(post.username_hint)} · ${timeLabel(data, post.minute)}</p></td>
<td>${pill(post.action)}${post.labels.map((label) => `<span class="tag">${escapeHtml(label)}</span>`).join('')}</td>
${[post.cascade_size, post.cascade_depth, post.shown, post.reactions, post.comments, post.reposts].map((n) => `<td class="n">${grouped(n)}</td>`).join('')}
</tr>`;
  return `<section class="card">
<h2>Posts with the largest cascades</h2>
<div class="scroll"><table>
<thead><tr><th>Post</th><th>Guard</th>${['Cascade', 'Depth', 'Shown', 'Reactions', 'Comments', 'Reposts'].map((name) => `<th class="n">${name}</th>`).join('')}</tr></thead>
<tbody>${data.top_posts.map(row).join('\n')}</tbody>
</table></div>
</section>`;
}

function pill(action: TopPost['action']): string {
  return `<span class="pill ${action}">${action}</span>`;
}

function guard({ guard: { drafts, admitted, actions, labels } }: ReportData): string {
  const decided = (['allow', 'label', 'review', 'escalate', 'block'] as const).map(
    (action) =>
      `<li>${pill(action)}<b>${grouped(actions[action])}</b><span>${percent(actions[action], drafts)}</span></li>`,
  );
  const named = Object.entries(labels)
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([label, count]) => `<span class="tag">${escapeHtml(label)} ${grouped(count)}</span>`);
  return `<section class="card">
<h2>Compliance guard</h2>
<p>Every draft was decided on before the run: ${grouped(admitted)} of ${grouped(drafts)} were admitted, those held for review or blocked were not.</p>
<ul class="decisions">${decided.join('')}</ul>
${named.length > 0 ? `<p>Labels: ${named.join(' ')}</p>` : ''}
</section>`;
}

/** Versions and digests. */
export function provenance({
  versions,
  digests,
  checksum,
}: Pick<ReportData, 'versions' | 'digests' | 'checksum'>): string {
  const pairs: [string, string][] = [
    ...Object.entries(versions).map(([name, value]): [string, string] => [`${name} version`, value]),
    ['event checksum', String(checksum)],
    ...Object.entries(digests).map(([name, value]): [string, string] => [`${name} (SHA-256)`, value]),
  ];
  return `<section class="card provenance">
<h2>Provenance</h2>
<p>The same scenario, seed, agents and drafts give these digests again, on any machine.</p>
<dl>${pairs.map(definition).join('')}</dl>
</section>`;
}

function definition([name, value]: [string, string]): string {
  return `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`;
}
