import { resolve } from 'node:path';
import type { Client, components } from '@azt3knet/client';
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
  writerOptions,
} from '../../core/cli/index.js';
import { namingFile } from '../../core/documents/naming-file.js';
import { AppError } from '../../core/errors/index.js';
import type { PopulationJobResult } from './population.builder.js';

type Request = components['schemas']['PopulationRequest'];
type FileRequest = components['schemas']['PopulationFileRequest'];
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

interface PopulateOptions extends Partial<Omit<Request, 'age_range' | 'seed' | 'cassette_mode'>> {
  cassetteMode?: Request['cassette_mode'];
  age?: [number, number];
  file?: string;
  sample?: string;
  path?: string;
  wait: boolean;
  watch?: boolean;
  dryRun?: boolean;
}

/** The options that say who is made. @param needed whether nothing else can say it */
function specificationOptions(command: Command, needed: boolean): Command {
  return command
    .addOption(
      new Option('--gender <gender>', 'filter; unspecified gives a mixed population')
        .choices(populationRequestGenderValues)
        .makeOptionMandatory(needed),
    )
    .addOption(
      new Option('--count <n>', 'how many agents').argParser(wholeNumber(1)).makeOptionMandatory(needed),
    )
    .addOption(new Option('--country <code>', 'ISO 3166-1 alpha-2, e.g. MX').makeOptionMandatory(needed))
    .option('--city <name>', 'one city; without it, the cities of the country by population')
    .option('--age <min-max>', 'years, both included, within 13-90', ageRange)
    .option('--interests <list>', 'separated by commas; the core of every agent’s interests', commaList);
}

/** The options that say how a job is waited for. */
function jobOptions(command: Command): Command {
  return writerOptions(command, 'names, biographies, interests and biases')
    .option('--watch', 'wait for the job and show its progress (what happens without --no-wait)')
    .option('--no-wait', 'print the id of the job and leave')
    .option('--dry-run', 'check the request and show what it would make; nothing is stored');
}

export function registerPopulateCommand(program: Command, cli: Cli): void {
  const command = specificationOptions(
    program
      .command('populate')
      .description('make a population of synthetic agents: show, persist or export it'),
    false,
  )
    .option('--file <file>', 'a population file (YAML) in place of the options above; - reads standard input')
    .option('--sample <file>', 'the CSV sample that the file names, where it is not beside it')
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
  jobOptions(specificationOptions(command, true)).action((options: PopulateOptions) =>
    populate(cli, { ...options, persist: true }),
  );
}

async function populate(cli: Cli, options: PopulateOptions): Promise<void> {
  const { path, wait, dryRun } = options;
  const request = await requestOf(cli, options);
  const { body } = request;
  const target = path === undefined ? undefined : resolve(path);
  if (target !== undefined) await requireExportTarget(options, target);
  if (dryRun === true) {
    await rehearse(cli, request, options.file);
    return;
  }
  const works = body.persist === true || body.export !== undefined;
  const client = await cli.api({ runsJobs: works && wait });
  const send = () => sendRequest(client, request, options.file);
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
async function rehearse(cli: Cli, request: AnyRequest, file: string | undefined): Promise<void> {
  const client = await cli.api();
  const { persist, export: format } = request.body;
  const answer = await sendRequest(client, shownOnly(request), file);
  const effects = [
    ...(persist === true ? ['persist them'] : []),
    ...(format === undefined ? [] : [`export them as ${format}`]),
  ];
  cli.output.note(`nothing was made; without --dry-run, this would ${effects.join(' and ') || 'show them'}`);
  printAnswer(cli, answer, { ...answer, dry_run: true });
}

/** A request in options, or in a file. */
type AnyRequest = { kind: 'options'; body: Request } | { kind: 'file'; body: FileRequest };

/** @throws AppError where neither says who is made, or both do */
async function requestOf(cli: Cli, options: PopulateOptions): Promise<AnyRequest> {
  const { age, path: _, wait: _wait, watch: _watch, dryRun: _dry, file, sample, ...given } = options;
  const { cassetteMode: cassette_mode, ...named } = given;
  const rest = { ...named, ...(cassette_mode && { cassette_mode }) };
  const { gender, count, country, city, interests, ...wishes } = rest;
  const seed = cli.seed === undefined ? {} : { seed: cli.seed };
  if (file === undefined) {
    if (sample !== undefined) throw conflict('--sample', 'needs --file beside it');
    if (gender === undefined || count === undefined || country === undefined)
      throw conflict('--gender, --count and --country', 'are needed where there is no --file');
    return {
      kind: 'options',
      body: { ...rest, gender, count, country, ...(age && { age_range: age }), ...seed },
    };
  }
  const also = Object.entries({ gender, count, country, city, interests, age }).find(
    ([, value]) => value !== undefined,
  );
  if (also !== undefined)
    throw conflict(`--${also[0]}`, 'says who is made, and so does --file; give one of them');
  return { kind: 'file', body: { ...(await loadFile(file, sample)), ...wishes, ...seed } };
}

async function loadFile(
  file: string,
  sample: string | undefined,
): Promise<{ content: string; sample?: string }> {
  const { loadPopulationFile } = await import('./population-file.loader.js');
  return loadPopulationFile(file, sample);
}

function conflict(option: string, problem: string): AppError {
  return new AppError('invalid', 'options_conflict', `${option} ${problem}`);
}

/** @param file where the text of a file request is from */
function sendRequest(client: Client, request: AnyRequest, file = '-'): Promise<Answer> {
  return request.kind === 'file'
    ? namingFile(file, () => client.post('/api/v1/populations', { body: request.body }))
    : client.post('/api/v1/populate', { body: request.body });
}

/** The same request without its effects. */
function shownOnly(request: AnyRequest): AnyRequest {
  const { persist: _persist, export: _export, ...shown } = request.body;
  return { ...request, body: { preview: 1, ...shown } } as AnyRequest;
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
  const { city, country, count, composition } = specification;
  return [
    ['population', answer.population_id],
    ['agents', `${count} in ${city === null ? country : `${city}, ${country}`} (synthetic)`],
    ...(composition === undefined ? [] : [['made from', 'a population file'] as const]),
    ...writingRows(answer),
    ['seed', source === 'request' ? seed : `${seed} (${source})`],
    ...(answer.job_id === undefined ? [] : [['job', answer.job_id] as const]),
  ];
}

/** What a language model will need to write. */
function writingRows({ writing, specification: { writer } }: Answer): (readonly [string, string])[] {
  if (writing === undefined || writer === undefined) return [];
  const { calls, input_tokens: input, output_tokens: output, cost, seconds } = writing.forecast;
  return [
    ['written by', `${writer.model} (${writer.backend})`],
    ['cassette', `${writing.cassette} (${writing.cassette_mode})`],
    ['forecast', `${calls} calls, ${input} + ${output} tokens, cost ${cost}, ${Math.ceil(seconds)} s`],
  ];
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, each) => total + each, 0);
}

/** What came of the writing. */
function writtenRows({ writing }: PopulationJobResult): (readonly [string, string])[] {
  if (writing === undefined) return [];
  const { by_rules, refused, usage } = writing;
  const { calls, replayed, input_tokens: input, output_tokens: output, cost } = usage;
  return [
    ['refused', `${sum(refused)} texts of the model; rules wrote ${sum(by_rules)} in their place`],
    ['used', `${calls} calls, ${replayed} replayed, ${input} + ${output} tokens, cost ${cost}`],
  ];
}

function resultRows(
  cli: Cli,
  result: PopulationJobResult,
  target: string | undefined,
): (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [...writtenRows(result)];
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
