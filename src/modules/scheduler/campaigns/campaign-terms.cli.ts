import type { components } from '@azt3knet/client';
import {
  campaignApprovalRuleValues as RULES,
  campaignAudienceGenderValues as GENDERS,
  campaignAudiencePosting_cadenceValues as CADENCES,
  campaignAudienceToneValues as TONES,
} from '@azt3knet/client/schema';
import { InvalidArgumentError, type Command } from 'commander';
import { choice, commaList, wholeNumber, type Cli } from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';

type Campaign = components['schemas']['CountedCampaign'];
type CreateBody = components['schemas']['CreateCampaign'];
type UpdateBody = components['schemas']['UpdateCampaign'];

/** As commander reads them; false where `--no-…` takes something away. */
interface Terms {
  template?: string[];
  adapter?: string;
  destination?: string | false;
  startsAt?: string;
  endsAt?: string;
  quietHours?: string | false;
  rhythm?: number[] | false;
  graceMinutes?: number;
  /** Only a change has these two; true unless they are to be forgotten. */
  caps?: boolean;
  total?: number;
  perAgent?: number;
  perAgentDay?: number;
  perHour?: number;
  approval?: (typeof RULES)[number];
  percent?: number;
  audience?: boolean;
  country?: string;
  city?: string;
  gender?: (typeof GENDERS)[number];
  ageMin?: number;
  ageMax?: number;
  interest?: string;
  postingCadence?: (typeof CADENCES)[number];
  tone?: (typeof TONES)[number];
  q?: string;
}
interface Change extends Terms {
  name?: string;
  population?: string;
}

/** What composite fields begin with: those of a new campaign, or of the one that is changed. */
type Before = Pick<Campaign, 'audience' | 'caps'>;
const NEW: Before = { audience: {}, caps: { total: 100_000 } };

/** The commands that say what a campaign is. */
export function registerTermCommands(campaigns: Command, cli: Cli): void {
  const create = campaigns
    .command('create')
    .description('make a campaign; it does nothing until it is started')
    .argument('<campaign>', 'its name')
    .argument('<population>', 'id, digest or name of a persisted population')
    .requiredOption('--template <list>', 'templates, as name or name@version', commaList);
  termOptions(create).action((name: string, population: string, options: Terms) =>
    make(cli, name, population, options),
  );
  const update = campaigns
    .command('update')
    .description('change a campaign that has not been started; the rest stays')
    .argument('<campaign>', 'its id or name')
    .option('--name <name>', 'another name')
    .option('--population <id>', 'of another population (id, digest or name)')
    .option('--template <list>', 'other templates, as name or name@version', commaList);
  termOptions(update)
    .option('--no-destination', 'its usual place')
    .option('--no-quiet-hours', 'never quiet')
    .option('--no-rhythm', 'the usual day')
    .option('--no-caps', 'none of its caps but those given here')
    .option('--no-audience', 'none of its conditions on agents but those given here')
    .action((campaign: string, options: Change) => change(cli, campaign, options));
}

function termOptions(command: Command): Command {
  return command
    .option('--adapter <name>', 'which platform (default sandbox)')
    .option('--destination <name>', 'where there, such as a network')
    .option('--starts-at <time>', 'e.g. 2026-01-15T00:00:00Z (default now)')
    .option('--ends-at <time>', 'default: a week later')
    .option('--quiet-hours <from-to>', 'by the clocks of each agent, e.g. 22:30-07:00')
    .option('--rhythm <list>', 'how busy each hour is: 24 numbers from 0 to 100', weights)
    .option('--grace-minutes <n>', 'how late it may be (default 1440)', wholeNumber(1, 43_200))
    .option('--total <n>', 'at most so many in all', wholeNumber(1))
    .option('--per-agent <n>', 'at most so many of each agent', wholeNumber(1))
    .option('--per-agent-day <n>', 'at most so many of an agent in a day', wholeNumber(1, 24))
    .option('--per-hour <n>', 'at most so many in any hour', wholeNumber(1))
    .addOption(choice('--approval <rule>', 'who has to approve (default none)', RULES))
    .option('--percent <n>', 'so many of a hundred: the rule sample', wholeNumber(1, 99))
    .option('--country <code>', 'only agents who live there, e.g. MX')
    .option('--city <name>', 'only agents of this city')
    .addOption(choice('--gender <gender>', 'only agents of this gender', GENDERS))
    .option('--age-min <years>', 'only agents of this age or older', wholeNumber(13, 90))
    .option('--age-max <years>', 'only agents of this age or younger', wholeNumber(13, 90))
    .option('--interest <text>', 'only agents with this interest')
    .addOption(choice('--posting-cadence <often>', 'only agents who write so often', CADENCES))
    .addOption(choice('--tone <tone>', 'only agents who write like this', TONES))
    .option('--q <text>', 'only agents with this in their name or username');
}

function weights(text: string): number[] {
  const list = commaList(text).map(wholeNumber(0, 100));
  if (list.length !== 24) throw new InvalidArgumentError(`expected 24 numbers, not ${list.length}.`);
  return list;
}

/** The fields that the options name. */
function bodyOf(cli: Cli, options: Terms, { audience, caps }: Before): UpdateBody {
  const { template, adapter, destination, startsAt, endsAt, quietHours, rhythm, graceMinutes } = options;
  const { approval, percent } = options;
  const [from = '', to = ''] = quietHours === false ? [] : (quietHours?.split('-') ?? []);
  const capped = given({
    total: options.total,
    per_agent: options.perAgent,
    per_agent_day: options.perAgentDay,
    per_hour: options.perHour,
  });
  const narrowed = given({
    country: options.country,
    city: options.city,
    gender: options.gender,
    age_min: options.ageMin,
    age_max: options.ageMax,
    interest: options.interest,
    posting_cadence: options.postingCadence,
    tone: options.tone,
    q: options.q,
  });
  const { caps: keepCaps = true, audience: keepAudience = true } = options;
  return {
    ...given({ templates: template, adapter, seed: cli.seed, starts_at: startsAt, ends_at: endsAt }),
    ...given({ grace_minutes: graceMinutes }),
    ...(destination !== undefined && { destination: destination || null }),
    ...(quietHours !== undefined && { quiet_hours: quietHours === false ? null : { from, to } }),
    ...(rhythm !== undefined && { rhythm: rhythm || null }),
    ...((capped !== undefined || !keepCaps) && { caps: { ...(keepCaps ? caps : NEW.caps), ...capped } }),
    ...((approval !== undefined || percent !== undefined) && {
      approval: { rule: approval ?? 'sample', ...given({ percent }) },
    }),
    ...((narrowed !== undefined || !keepAudience) && {
      audience: { ...(keepAudience ? audience : NEW.audience), ...narrowed },
    }),
  };
}

/** Those of some fields that have a value; nothing where none has. */
function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as never);
}

async function make(cli: Cli, name: string, population: string, options: Terms): Promise<void> {
  const client = await cli.api();
  const { templates = [], ...terms } = bodyOf(cli, options, NEW);
  const body: CreateBody = { seed: name, ...terms, name, population, templates };
  const made = await client.post('/api/v1/campaigns', { body });
  cli.output.result(made, `made campaign ${made.name}`);
}

async function change(cli: Cli, campaign: string, options: Change): Promise<void> {
  const client = await cli.api();
  const path = { campaign };
  const before = await client.get('/api/v1/campaigns/{campaign}', { params: { path } });
  const { name, population } = options;
  const body = { ...given({ name, population }), ...bodyOf(cli, options, before) };
  if (Object.keys(body).length === 0)
    throw new AppError('invalid', 'nothing_to_update', 'give what is to be different, such as --total 40');
  const changed = await client.patch('/api/v1/campaigns/{campaign}', {
    // Nobody else's change is lost.
    params: { path: { campaign: before.id }, header: { 'If-Match': `"${before.version}"` } },
    body,
  });
  const fields = Object.keys(body).join(', ');
  cli.output.result(changed, `changed campaign ${changed.name}: ${fields}`);
}
