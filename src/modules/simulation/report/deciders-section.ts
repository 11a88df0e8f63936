import { escapeHtml } from '../../../core/html/index.js';
import type { DeciderReport } from '../deciders/deciders-report.js';
import { grouped } from './report-format.js';
import type { ReportData } from './report-data.js';

const COLUMNS = ['Agents', 'Decided', 'Missing'] as const;

/** What became of what was decided outside; nothing where rules or a log decided for everybody. */
export function decidersSection({ deciders }: ReportData): string {
  if (deciders === undefined) return '';
  return `<section class="card">
<h2>Decided outside</h2>
<p>For these agents somebody else decided, in the ticks that the scenario asks for. What is missing nobody decided in time.</p>
<div class="scroll"><table>
<thead><tr><th>Decider</th><th>Instead</th>${COLUMNS.map((name) => `<th class="n">${name}</th>`).join('')}</tr></thead>
<tbody>${deciders.map(row).join('\n')}</tbody>
</table></div>
</section>`;
}

function row({ decider, kind, agents, repeats, decided, missing, instead, model }: DeciderReport): string {
  const name = `${decider}: ${kind}${repeats === null ? '' : `, repeats ${repeats}`}`;
  return `<tr><td>${escapeHtml(name)}${model === null ? '' : `<br>${escapeHtml(modelLine(model))}`}</td><td>${instead}</td>
${[agents, decided, missing].map((n) => `<td class="n">${grouped(n)}</td>`).join('')}</tr>`;
}

function modelLine({ writer, cassette, ...turn }: NonNullable<DeciderReport['model']>): string {
  const failed = Object.entries(turn.failed).map(([code, agents]) => `${grouped(agents)} ${code}`);
  return [
    `${writer.model}, ${writer.prompt.name} ${writer.prompt.version}, cassette ${cassette}`,
    `${grouped(turn.calls)} questions about ${grouped(turn.agents)} agents`,
    `unanswered: ${[`${grouped(turn.omitted)} left out`, `${grouped(turn.over_budget)} over budget`, ...failed].join(', ')}`,
    `${grouped(turn.refused_acts)} acts refused`,
    `${grouped(turn.input_tokens)} and ${grouped(turn.output_tokens)} tokens`,
  ].join('; ');
}
