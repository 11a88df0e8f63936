import { resolve } from 'node:path';
import type { components } from '@azt3knet/client';
import { populationRequestExportValues, populationRequestGenderValues } from '@azt3knet/client/schema';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  commaList,
  followJobs,
  noteAccepted,
  submitJobs,
  manifestOf,
  pathProblem,
  requireTargets,
  saveExport,
  wholeNumber,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';
import type { PopulationJobResult } from './population.builder.js';

type Request = components['schemas']['PopulationRequest'];
type Answer = components['schemas']['PopulationAnswer'];

type AgentProfile = components['schemas']['AgentProfile'];

/** What a table shows of an agent. */
export const AGENT_COLUMNS: Columns<AgentProfile> = [
  ['name', (agent) => agent.name, 'text'],
  ['username', (agent) => agent.username_hint],
  ['age', (agent) => String(agent.age)],
  ['city', (agent) => agent.city],
  ['tone', (agent) => agent.tone],
  ['cadence', (agent) => agent.posting_cadence],
  ['interests', (agent) => agent.interests.join(', '), 'text'],
];

/** Years of age that agents have. */
const YOUNGEST = 13;
const OLDEST = 90;

interface PopulateOptions extends Omit<Request, 'age_range' | 'seed'> {
  age?: [number, number];
  path?: string;
  wait: boolean;
  watch?: boolean;
  dryRun?: boolean;
}

/** The options that say who is made. */
function specificationOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--gender <gender>', 'filter; unspecified gives a mixed population')
        .choices(populationRequestGenderValues)
        .makeOptionMandatory(),
    )
    .requiredOption('--count <n>', 'how many agents', wholeNumber(1))
    .requiredOption('--country <code>', 'ISO 3166-1 alpha-2, e.g. MX')
    .option('--city <name>', 'one city; without it, the cities of the country by population')
    .option('--age <min-max>', 'years, both included, within 13-90', ageRange)
    .option('--interests <list>', 'separated by commas; the core of every agent’s interests', commaList);
}

/** The options that say how a job is waited for. */
function jobOptions(command: Command): Command {
  return command
    .option('--watch', 'wait for the job and show its progress (what happens without --no-wait)')
    .option('--no-wait', 'print the id of the job and leave')
    .option('--dry-run', 'check the request and show what it would make; nothing is stored');
}

export function registerPopulateCommand(program: Command, cli: Cli): void {
  const command = specificationOptions(
    program
      .command('populate')
      .description('make a population of synthetic agents: show, persist or export it'),
  )
    .option('--preview <n>', 'show the first n agents', wholeNumber(1))
    .option('--persist', 'store the agents in the database')
    .addOption(
      new Option('--export <format>', 'make a file of all agents').choices(populationRequestExportValues),
    )
    .option('--path <file>', 'where the exported file goes; its manifest goes beside it');
  jobOptions(command)
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet populate --gender female --count 1000 --country MX \\\n' +
        '    --city "Mexico City" --age 18-25 --interests "street art,urban culture" \\\n' +
        '    --seed 20241005 --preview 10',
    )
    .action((options: PopulateOptions) => populate(cli, options));
}

export function registerProvisionCommand(agents: Command, cli: Cli): void {
  const command = agents
    .command('provision')
    .description('make agents and store them, as populate --persist does');
  jobOptions(specificationOptions(command)).action((options: PopulateOptions) =>
    populate(cli, { ...options, persist: true }),
  );
}

async function populate(cli: Cli, options: PopulateOptions): Promise<void> {
  const { age, path, wait, watch: _, dryRun, ...rest } = options;
  const { seed } = cli;
  const body = { ...rest, ...(age && { age_range: age }), ...(seed !== undefined && { seed }) };
  const target = path === undefined ? undefined : resolve(path);
  if (target !== undefined) await requireExportTarget(options, target);
  if (dryRun === true) {
    await rehearse(cli, body);
    return;
  }
  const works = body.persist === true || body.export !== undefined;
  const client = await cli.api({ runsJobs: works && wait });
  const send = () => client.post('/api/v1/populate', { body });
  const answer = wait
    ? await submitJobs(cli, client, send, ({ job_id }) => (job_id === undefined ? [] : [job_id]))
    : await send();
  if (answer.job_id === undefined || !wait) {
    printAnswer(cli, answer, answer);
    if (answer.job_id !== undefined) noteAccepted(cli);
    return;
  }
  const [job] = await followJobs(cli, client, [answer.job_id]);
  const result = job?.result as unknown as PopulationJobResult;
  if (target !== undefined) {
    const file = answer.links['export'] as string;
    await saveExport(client, file, `${file}/manifest`, target);
  }
  const document = { ...answer, status: 'completed', result, path: target ?? null };
  printAnswer(cli, answer, document, resultRows(cli, result, target));
}

/** What the request would make, without its effects. */
async function rehearse(cli: Cli, { persist, export: format, ...body }: Request): Promise<void> {
  const client = await cli.api();
  const answer = await client.post('/api/v1/populate', { body: { preview: 1, ...body } });
  const effects = [
    ...(persist === true ? ['persist them'] : []),
    ...(format === undefined ? [] : [`export them as ${format}`]),
  ];
  cli.output.note(`nothing was made; without --dry-run, this would ${effects.join(' and ') || 'show them'}`);
  printAnswer(cli, answer, { ...answer, dry_run: true });
}

async function requireExportTarget({ export: format, wait }: PopulateOptions, target: string): Promise<void> {
  const problem =
    format === undefined ? 'needs --export beside it' : wait ? undefined : 'cannot be had with --no-wait';
  if (problem !== undefined) throw pathProblem(problem);
  await requireTargets(target, manifestOf(target));
}

/** Prints agents that are shown, and the facts; for JSON Lines and CSV the agents alone, where there are any. */
function printAnswer(
  { output }: Cli,
  answer: Answer,
  document: object,
  result: readonly (readonly [string, string])[] = [],
): void {
  const shown = answer.preview ?? answer.agents;
  const facts = output.pairs([...answerRows(answer), ...result]);
  if (shown === undefined) output.result(document, facts);
  else output.result(document, `${output.columns(shown, AGENT_COLUMNS)}\n${facts}`, shown);
}

function answerRows(answer: Answer): (readonly [string, string])[] {
  const { specification, seed, seed_source: source } = answer;
  const { city, country, count } = specification;
  return [
    ['population', answer.population_id],
    ['agents', `${count} in ${city === null ? country : `${city}, ${country}`} (synthetic)`],
    ['seed', source === 'request' ? seed : `${seed} (${source})`],
    ...(answer.job_id === undefined ? [] : [['job', answer.job_id] as const]),
  ];
}

function resultRows(
  cli: Cli,
  result: PopulationJobResult,
  target: string | undefined,
): (readonly [string, string])[] {
  const rows: [string, string][] = [];
  if (result.persisted) rows.push(['persisted', result.created ? 'yes' : 'yes, was there already']);
  if (target !== undefined) rows.push(['file', target], ['manifest', manifestOf(target)]);
  else if (result.export !== null)
    rows.push([
      'export',
      `${result.export.id}; to save it: ${cli.hint(`exports download ${result.export.id}`)}`,
    ]);
  if (result.export !== null) rows.push(['sha256', result.export.sha256]);
  return rows;
}

function ageRange(text: string): [number, number] {
  const match = /^\s*(\d{1,3})\s*-\s*(\d{1,3})\s*$/u.exec(text);
  const ages: [number, number] = [Number(match?.[1]), Number(match?.[2])];
  if (ages[0] >= YOUNGEST && ages[0] <= ages[1] && ages[1] <= OLDEST) return ages;
  throw new InvalidArgumentError(
    `expected two ages, the younger first, such as 18-25, from ${YOUNGEST} to ${OLDEST}.`,
  );
}
