import { resolve } from 'node:path';
import type { Command } from 'commander';
import { saveFiles, type Cli, type Columns } from '../../../core/cli/index.js';
import type { AuditedMargin } from './population-audit.js';
import type { PopulationAuditDocument } from '../population-audits.service.js';

const COLUMNS: Columns<AuditedMargin> = [
  ['margin', ({ attributes }) => attributes.join(' × '), 'text'],
  ['asked by', ({ source }) => source],
  ['given in', ({ unit }) => unit],
  ['cells', ({ cells }) => String(cells.length)],
  ['largest error', ({ max_error }) => String(max_error)],
  ['met', ({ met }) => (met ? 'yes' : 'no')],
];

/** Adds `audit <id>` to the commands of populations. */
export function registerAuditCommand(populations: Command, cli: Cli): void {
  populations
    .command('audit')
    .description('hold a population against what was asked for: margins, associations, diversity, coherence')
    .argument('<id>', 'id, digest or name of the population')
    .option('--path <file>', 'save it: a page where the name ends in .html, else JSON')
    .addHelpText('after', '\nExample:\n  azt3knet populations audit metro_control --path audit.html')
    .action((id: string, { path }: { path?: string }) => audit(cli, id, path));
}

async function audit(cli: Cli, id: string, path: string | undefined): Promise<void> {
  const client = await cli.api();
  const from = `/api/v1/populations/${encodeURIComponent(id)}/audit`;
  if (path !== undefined) {
    const target = resolve(path);
    const accept = /\.html?$/iu.test(target) ? 'text/html' : 'application/json';
    await saveFiles(client, [[from, target, accept]]);
    cli.output.result({ population: id, path: target }, cli.output.pairs([['audit', target]]));
    return;
  }
  const { body } = await client.download(from, { accept: 'application/json' });
  const found = JSON.parse(await new Response(body).text()) as PopulationAuditDocument;
  cli.output.result(found, describe(cli, found), found.margins);
}

function describe({ output }: Cli, found: PopulationAuditDocument): string {
  const { diversity, coherence, margins, associations, refused } = found;
  const broken = coherence.rules.filter(({ count }) => count > 0);
  const { biographies, names } = diversity;
  const worst = associations.reduce((most, { error }) => Math.max(most, Math.abs(error ?? 0)), 0);
  const facts = output.pairs([
    ['population', `${found.population_id} (synthetic)`],
    ['agents', String(found.count)],
    [
      'biographies',
      `${biographies.different} different, ${biographies.near_duplicates} of ${biographies.examined} nearly alike`,
    ],
    ['names', `${names.different} different, ${names.collisions} collisions`],
    ['associations', `${associations.length}, largest error ${worst} (Cramér's V)`],
    [
      'coherence',
      broken.length === 0 ? 'holds' : broken.map(({ rule, count }) => `${rule}: ${count}`).join(', '),
    ],
    ['guard', refused.action],
  ]);
  return margins.length === 0 ? facts : `${output.columns(margins, COLUMNS)}\n${facts}`;
}
