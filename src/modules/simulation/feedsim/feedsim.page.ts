import { escapeHtml, htmlPage } from '../../../core/html/index.js';
import { drawCharts } from '../report/report-charts.js';
import { grouped, percent } from '../report/report-format.js';
import { chartSection, provenance } from '../report/report-html.js';
import { tileList } from '../report/tiles.js';
import { activityChart, reachChart } from '../report/time-charts.js';
import type { FeedSimReport } from './feedsim.report.js';

/** The report of a run of FeedSim as a page. */
export async function renderFeedSim(data: FeedSimReport): Promise<string> {
  const title = escapeHtml(data.scenario.title);
  const charts = await drawCharts(data, [activityChart, reachChart]);
  const parts = [header(data, title), tiles(data), chartSection(charts), provenance(data)];
  return htmlPage(`${title} · Azt3kNet simulation report`, parts);
}

function header({ scenario, seed, agents, ticks }: FeedSimReport, title: string): string {
  const facts = [
    `scenario <b>${escapeHtml(scenario.id)}</b> ${escapeHtml(scenario.version)}`,
    `seed <b>${escapeHtml(seed)}</b>`,
    `<b>${grouped(agents)}</b> agents`,
    `<b>${grouped(ticks)}</b> ticks`,
  ];
  return `<header>
<p class="badge" role="note">Synthetic data: the agents of this model are only numbers</p>
<h1>${title}</h1>
<p class="lead">${escapeHtml(scenario.description)}</p>
<p class="facts">${facts.map((fact) => `<span>${fact}</span>`).join('')}</p>
</header>`;
}

function tiles({ totals, agents, checksum }: FeedSimReport): string {
  return tileList([
    ['Checksum', String(checksum), 'of the metrics of all ticks'],
    ['Posts', grouped(totals.posts), `${grouped(totals.reposts)} reposts`],
    ['Exposures', grouped(totals.exposures), `${(totals.exposures / agents).toFixed(1)} an agent`],
    ['Likes', grouped(totals.reactions), `${percent(totals.reactions, totals.exposures)} of exposures`],
    ['Replies', grouped(totals.comments), `${percent(totals.comments, totals.exposures)} of exposures`],
    ['Reached', percent(totals.reached, agents), `${grouped(totals.reached)} agents were shown a post`],
    ['Did nothing', percent(totals.idle, totals.active), `of ${grouped(totals.active)} sessions`],
  ]);
}
