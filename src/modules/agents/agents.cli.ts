import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { wholeNumber, type Cli } from '../../core/cli/index.js';
import { ExportsService } from '../exports/index.js';
import { followJobs, JobsService, type Job } from '../jobs/index.js';
import { GENDERS, MAX_AGE, MIN_AGE, type AgentProfile, type Gender } from './agent.profile.js';
import { InvalidSpecification } from './agents.errors.js';
import { AgentsService } from './agents.service.js';
import { populateAnswerDto } from './dto/population.dto.js';
import { manifestOf, requireFileTarget } from './export.target.js';
import type { PopulationJobResult } from './population.builder.js';
import { EXPORT_FORMATS, type ExportFormat } from './population.export.js';
import { preparePopulation, type PopulationAnswer, type PopulationRequest } from './population.request.js';
import { MAX_COUNT } from './population.specification.js';

interface PopulateOptions {
  gender: Gender;
  count: number;
  country: string;
  city?: string;
  age?: [number, number];
  interests?: string[];
  preview?: number;
  persist?: boolean;
  export?: ExportFormat;
  path?: string;
  wait: boolean;
}

export function registerAgentCommands(program: Command, cli: Cli): void {
  program
    .command('populate')
    .description('make a population of synthetic agents: show, persist or export it')
    .addOption(
      new Option('--gender <gender>', 'filter; unspecified gives a mixed population')
        .choices(GENDERS)
        .makeOptionMandatory(),
    )
    .requiredOption('--count <n>', 'how many agents', wholeNumber(1, MAX_COUNT))
    .requiredOption('--country <code>', 'ISO 3166-1 alpha-2, e.g. MX')
    .option('--city <name>', 'one city; without it, the cities of the country by population')
    .option('--age <min-max>', `years, both included, within ${MIN_AGE}-${MAX_AGE}`, ageRange)
    .option('--interests <list>', 'separated by commas; the core of every agent’s interests', commaList)
    .option('--preview <n>', 'show the first n agents', wholeNumber(1, MAX_COUNT))
    .option('--persist', 'store the agents in the database')
    .addOption(new Option('--export <format>', 'make a file of all agents').choices(EXPORT_FORMATS))
    .option('--path <file>', 'where the exported file goes; its manifest goes beside it')
    .option('--no-wait', 'print the id of the job and leave')
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet populate --gender female --count 1000 --country MX --city "Mexico City" --age 18-25 \\\n' +
        '    --interests "street art,urban culture" --seed 20241005 --preview 10',
    )
    .action((options: PopulateOptions) => populate(cli, options));
}

async function populate(cli: Cli, options: PopulateOptions): Promise<void> {
  const { age, path, wait, ...rest } = options;
  const request: PopulationRequest = { ...rest, age_range: age, seed: cli.seed };
  const target = path === undefined ? undefined : resolve(path);
  if (target !== undefined) await requireExportTarget(options, target);
  if (request.persist !== true && request.export === undefined) {
    const answer = await preparePopulation(request, cli.config());
    cli.output.result(populateAnswerDto(answer), describeAnswer(cli, answer));
    return;
  }
  const service = await cli.service(AgentsService, wait ? 'worker' : 'services');
  const jobs = await cli.service(JobsService);
  const answer = await service.populate(request, { name: 'system' });
  if (answer.job === undefined || !wait) {
    cli.output.result(populateAnswerDto(answer), describeAnswer(cli, answer));
    return;
  }
  const [job] = await followJobs(cli, jobs, [answer.job.id]);
  if (target !== undefined && request.export !== undefined) {
    await service.copyExport(answer.generator.id, request.export, target);
  }
  const result = (job as Job).result as PopulationJobResult;
  const file = result.export === null ? null : (target ?? (await storedPath(cli, result)));
  cli.output.result(
    Object.assign(populateAnswerDto(answer), { status: 'completed', result, path: file }),
    [describeAnswer(cli, answer), describeResult(cli, result, file)].join('\n'),
  );
}

async function requireExportTarget({ export: format, wait }: PopulateOptions, target: string): Promise<void> {
  const problem =
    format === undefined ? 'needs --export beside it' : wait ? undefined : 'cannot be had with --no-wait';
  if (problem !== undefined) throw new InvalidSpecification([{ field: 'path', message: problem }]);
  await requireFileTarget(target);
}

async function storedPath(cli: Cli, { export: made }: PopulationJobResult): Promise<string | null> {
  if (made === null) return null;
  const exports = await cli.service(ExportsService);
  return exports.locate(await exports.get(made.id));
}

function describeAnswer(cli: Cli, answer: PopulationAnswer): string {
  const { generator, seedSource, job } = answer;
  const { city, country, seed } = generator.specification;
  const shown = answer.preview ?? answer.agents;
  const facts = cli.output.pairs([
    ['population', generator.id],
    ['agents', `${generator.count} in ${city === null ? country : `${city}, ${country}`} (synthetic)`],
    ['seed', seedSource === 'request' ? seed : `${seed} (${seedSource})`],
    ...(job === undefined ? [] : [['job', job.id] as const]),
  ]);
  return shown === undefined ? facts : `${agentsTable(cli, shown)}\n${facts}`;
}

function agentsTable(cli: Cli, agents: readonly AgentProfile[]): string {
  return cli.output.table(
    ['name', 'username', 'age', 'city', 'cadence', 'tone', 'interests'],
    agents.map((agent) => [
      agent.name,
      agent.username_hint,
      String(agent.age),
      agent.city,
      agent.posting_cadence,
      agent.tone,
      agent.interests.join(', '),
    ]),
  );
}

function describeResult(cli: Cli, result: PopulationJobResult, file: string | null): string {
  const rows: [string, string][] = [];
  if (result.persisted) rows.push(['persisted', result.created ? 'yes' : 'yes, was there already']);
  if (file !== null) rows.push(['file', file], ['manifest', manifestOf(file)]);
  if (result.export !== null) rows.push(['sha256', result.export.sha256]);
  return cli.output.pairs(rows);
}

function ageRange(text: string): [number, number] {
  const match = /^\s*(\d{1,3})\s*-\s*(\d{1,3})\s*$/u.exec(text);
  if (!match) throw new InvalidArgumentError('expected two ages such as 18-25.');
  return [Number(match[1]), Number(match[2])];
}

function commaList(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}
