import { escapeHtml, htmlPage } from '../../../core/html/index.js';
import { REFUSALS, WRITTEN_FIELDS } from '../writing/writer.js';
import type { WritingSummary } from '../writing/written-populations.js';
import { marginChart } from './audit-charts.js';
import type { AuditedMargin, PopulationAudit } from './population-audit.js';

/** What is told of a population above its audit. */
export interface AuditSubject {
  id: string;
  name: string | null;
  digest: string;
  seed: string;
  generator_version: number;
  product_version: string;
  guard: { decision_id: string; action: string; reasons: string | null };
  writing: WritingSummary | null;
}

/** The most cells that a table of the report shows; the JSON has all. */
const MAX_CELLS = 40;

const OWN_STYLE = `
.met{background:var(--two)}.unmet{background:var(--one)}
td:first-child{min-width:0}
table{margin-top:8px}
td{padding:6px 8px}
`;

/** An audit as a page that needs nothing else. */
export function renderAudit(subject: AuditSubject, audit: PopulationAudit): string {
  const title = escapeHtml(subject.name ?? `Population ${subject.id.slice(0, 8)}`);
  const header = `<header>
<p class="badge" role="note">Synthetic data: nobody in this population exists</p>
<h1>${title}</h1>
<p class="lead">What was asked for and what came of it: every agent was made again and counted by its profile.</p>
<p class="facts"><span>seed <b>${escapeHtml(subject.seed)}</b></span><span><b>${number(audit.count)}</b> agents</span><span>population <b>${subject.id}</b></span></p>
</header>`;
  const parts = [
    header,
    tiles(audit),
    margins(audit),
    associations(audit),
    spreads(audit),
    coherence(audit),
    guard(subject),
    writing(subject),
    provenance(subject),
  ];
  return htmlPage(`${title} · Azt3kNet population audit`, parts, OWN_STYLE);
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function pill(met: boolean, yes: string, no: string): string {
  return `<span class="pill ${met ? 'met' : 'unmet'}">${met ? yes : no}</span>`;
}

function tiles({ margins: all, diversity, coherence: held, count }: PopulationAudit): string {
  const met = all.filter((margin) => margin.met).length;
  const worst = all.reduce((most, { max_error }) => Math.max(most, max_error), 0);
  const broken = held.rules.reduce((sum, rule) => sum + rule.count, 0);
  const { biographies, names } = diversity;
  const shown: [string, string, string][] = [
    ['Margins met', `${met} of ${all.length}`, `largest error ${number(worst)} agents`],
    [
      'Different biographies',
      number(biographies.different),
      `${percent(biographies.duplicates / count)} repeat one`,
    ],
    ['Name collisions', number(names.collisions), `${number(names.different)} different names`],
    ['Incoherent', number(broken), 'place, time zone, locale, name'],
  ];
  return `<dl class="tiles">${shown.map(tile).join('')}</dl>`;
}

function tile([label, value, note]: [string, string, string]): string {
  return `<div class="tile"><dt>${label}</dt><dd><strong>${value}</strong><span>${note}</span></dd></div>`;
}

function margins({ margins: all }: PopulationAudit): string {
  if (all.length === 0)
    return `<section class="card"><h2>Margins</h2><p>The specification names no distributions: nothing was to be met.</p></section>`;
  return `<section class="charts">${all.map(marginFigure).join('\n')}</section>`;
}

function marginFigure(margin: AuditedMargin): string {
  const { attributes, source, unit, max_error, met, cells } = margin;
  const unitNote = unit === 'counts' ? 'in people' : 'as weights';
  const more = cells.length > 24 ? `; the first 24 of ${cells.length}` : '';
  return `<figure class="plain">
<figcaption><h2>${escapeHtml(attributes.join(' × '))} ${pill(met, 'met', 'missed')}</h2>
<p>${escapeHtml(source)}, given ${unitNote}; largest error ${number(max_error)}${more}. The line is what was asked for.</p></figcaption>
${marginChart(margin)}
${cellTable(margin)}
</figure>`;
}

function cellTable({ attributes, cells }: AuditedMargin): string {
  const rows = cells
    .slice(0, MAX_CELLS)
    .map(
      ({ levels, target, reached, error }) =>
        `<tr>${levels.map((level) => `<td>${escapeHtml(level)}</td>`).join('')}${[target, reached, error].map((value) => `<td class="n">${number(value)}</td>`).join('')}</tr>`,
    );
  const head = [
    ...attributes.map((name) => `<th>${escapeHtml(name)}</th>`),
    ...['asked', 'reached', 'error'].map((name) => `<th class="n">${name}</th>`),
  ];
  const left = cells.length > MAX_CELLS ? `<p>${cells.length - MAX_CELLS} more are in the JSON.</p>` : '';
  return `<details><summary>Numbers</summary><div class="scroll"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${left}</details>`;
}

function associations({ associations: all }: PopulationAudit): string {
  if (all.length === 0) return '';
  const rows = all
    .slice(0, MAX_CELLS)
    .map(
      ({ attributes, target, reached, error }) =>
        `<tr><td>${attributes.map(escapeHtml).join(' – ')}</td><td class="n">${target === null ? '–' : target.toFixed(3)}</td><td class="n">${reached.toFixed(3)}</td><td class="n">${error === null ? '–' : error.toFixed(3)}</td></tr>`,
    );
  return `<section class="card"><h2>Associations</h2>
<p>Cramér’s V, from 0 for none to 1; a dash where nothing was asked for, which chance alone keeps a little above 0.</p>
<div class="scroll"><table><thead><tr><th>Attributes</th><th class="n">asked</th><th class="n">reached</th><th class="n">error</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
}

function spreads({ diversity }: PopulationAudit): string {
  const { biographies, usernames } = diversity;
  const rows = diversity.spreads.map(
    (each) =>
      `<tr><td>${escapeHtml(each.attribute)}</td><td class="n">${number(each.values)}</td><td class="n">${each.entropy.toFixed(2)}</td><td class="n">${each.evenness.toFixed(2)}</td><td class="n">${number(each.effective_values)}</td><td>${escapeHtml(each.most_common)} <span class="byline">${percent(each.homogeneity)}</span></td></tr>`,
  );
  return `<section class="card"><h2>Diversity and homogeneity</h2>
<p>${number(biographies.duplicates)} agents have a biography that another has too; of ${number(biographies.examined)} different ones ${number(biographies.near_duplicates)} are nearly like another. ${number(usernames.collisions)} usernames are there twice.</p>
<div class="scroll"><table><thead><tr><th>Attribute</th><th class="n">values</th><th class="n">entropy, bits</th><th class="n">evenness</th><th class="n">effective values</th><th>most common</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
}

function coherence({ coherence: held }: PopulationAudit): string {
  const rows = held.rules.map(
    ({ rule, means, count, examples }) =>
      `<tr><td>${rule} ${pill(count === 0, 'holds', 'broken')}</td><td>${escapeHtml(means)}</td><td class="n">${number(count)}</td><td>${examples.map(escapeHtml).join(', ')}</td></tr>`,
  );
  return `<section class="card"><h2>Coherence</h2><div class="scroll"><table><thead><tr><th>Rule</th><th>What it says</th><th class="n">broken by</th><th>examples</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
}

function guard({ guard: { decision_id, action, reasons } }: AuditSubject): string {
  return `<section class="card"><h2>What was refused</h2>
<p>The guard read the specification and every different biography: <span class="pill ${escapeHtml(action)}">${escapeHtml(action)}</span> ${escapeHtml(reasons ?? '')}</p>
<p class="byline">Decision ${escapeHtml(decision_id)}. A population is refused as a whole, so nobody is missing from this one.</p></section>`;
}

function writing({ writing: written }: AuditSubject): string {
  if (written === null) return '';
  const { by_model, by_rules, refused, cassette } = written;
  const rows = WRITTEN_FIELDS.map(
    (field) =>
      `<tr><td>${field}</td><td class="n">${number(by_model[field])}</td><td class="n">${number(by_rules[field])}</td></tr>`,
  );
  const reasons = REFUSALS.map((reason) => `${reason.replace('_', ' ')} ${number(refused[reason])}`);
  return `<section class="card"><h2>What the model wrote</h2>
<p>Refused and asked for again: ${reasons.join(', ')}. What stayed refused the rules wrote. The answers are in the cassette ${escapeHtml(cassette)}.</p>
<div class="scroll"><table><thead><tr><th>Field</th><th class="n">by the model</th><th class="n">by rules</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
}

function provenance(subject: AuditSubject): string {
  const pairs: [string, string][] = [
    ['specification (SHA-256)', subject.digest],
    ['seed', subject.seed],
    ['generator version', String(subject.generator_version)],
    ['product version', subject.product_version],
  ];
  return `<section class="card provenance"><h2>Provenance</h2><p>The same specification and seed give the same agents, on any machine.</p><dl>${pairs.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl></section>`;
}
