import type { components } from '@azt3knet/client';
import {
  pathsApiV1ReviewsGetParametersQuerySeverityValues as SEVERITIES,
  pathsApiV1ReviewsGetParametersQuerySortValues as SORTS,
  pathsApiV1ReviewsGetParametersQueryStatusValues as STATUSES,
  pathsApiV1ReviewsGetParametersQuerySubject_typeValues as SUBJECT_TYPES,
  reviewOpinionVerdictValues as VERDICTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  commaList,
  pageOptions,
  printList,
  uuid,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';

type Review = components['schemas']['Review'];
type Entry = components['schemas']['ReviewEntry'];
type Severity = Entry['severity'];

const COLUMNS: Columns<Entry> = [
  ['review', ({ id }) => id],
  ['status', statusOf],
  ['severity', ({ severity }) => severity],
  ['due', ({ due_at, overdue }) => (overdue ? `${due_at} (overdue)` : due_at)],
  ['claimed by', ({ claimed_by }) => claimed_by ?? '-'],
  ['about', ({ subject }) => `${subject.type} ${subject.id}`],
];

interface DecideOptions {
  verdict: (typeof VERDICTS)[number];
  reason: string;
  labels?: string[];
  secondOpinion?: boolean;
}

export function registerReviewCommands(program: Command, cli: Cli): void {
  const review = program.command('review').description('decisions of the guard that wait for people');
  registerReadCommands(review, cli);
  registerClaimCommands(review, cli);
  review
    .command('decide')
    .description('give an opinion on a review that you have claimed')
    .argument('<id>', 'id of the review', uuid)
    .addOption(
      choice(
        '--verdict <verdict>',
        'uphold: the text is blocked; release: it goes on; label: with --labels',
        VERDICTS,
      ).makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why, for those who look at it later')
    .option('--labels <list>', 'labels for the text, separated by commas', commaList)
    .option('--second-opinion', 'ask for another person’s in any case')
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet review decide <id> --verdict release --reason "a quotation"',
    )
    .action((id: string, options: DecideOptions) => decide(cli, id, options));
  review
    .command('escalate')
    .description('hand a review that you have claimed to those who have more say')
    .argument('<id>', 'id of the review', uuid)
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { reason }: { reason: string }) => {
      const client = await cli.api();
      const params = { path: { id } };
      print(cli, await client.post('/api/v1/reviews/{id}/escalate', { params, body: { reason } }));
    });
  review
    .command('appeal')
    .description('ask others for another look at a decision that holds a text back; once for each')
    .argument('<id>', 'id of the decision, or of its review: they are the same', uuid)
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { reason }: { reason: string }) => {
      const client = await cli.api();
      const params = { path: { id } };
      print(cli, await client.post('/api/v1/reviews/{id}/appeal', { params, body: { reason } }));
    });
}

function registerReadCommands(review: Command, cli: Cli): void {
  const list = review
    .command('list')
    .description('list reviews, what is due first in front')
    .addOption(choice('--status <status>', 'where they stand', STATUSES))
    .addOption(choice('--severity <severity>', 'how grave', SEVERITIES))
    .option('--overdue', 'only those that should have been closed by now')
    .option('--escalated', 'only those that were escalated')
    .option('--mine', 'only those that you have claimed')
    .addOption(choice('--subject-type <type>', 'about something of this kind', SUBJECT_TYPES));
  pageOptions(list, SORTS)
    .addHelpText('after', '\nExample:\n  azt3knet review list --status open --overdue')
    .action((options: object) => printList(cli, '/api/v1/reviews', options, COLUMNS));
  review
    .command('show')
    .description('show a review: the texts, the rules that matched, and what people said')
    .argument('<id>', 'id of the review', uuid)
    .action(async (id: string) => {
      const client = await cli.api();
      print(cli, await client.get('/api/v1/reviews/{id}', { params: { path: { id } } }));
    });
}

function registerClaimCommands(review: Command, cli: Cli): void {
  review
    .command('claim')
    .description('claim a review for 15 minutes, or the one that is due first; again to have it longer')
    .argument('[id]', 'id of the review', uuid)
    .addOption(choice('--severity <severity>', 'of those that are so grave', SEVERITIES))
    .action((id: string | undefined, options: { severity?: Severity }) => claim(cli, id, options));
  review
    .command('release')
    .description('give a claim back without an opinion')
    .argument('<id>', 'id of the review', uuid)
    .action(async (id: string) => {
      const client = await cli.api();
      await client.delete('/api/v1/reviews/{id}/claim', { params: { path: { id } } });
      const more = `its text goes on by: review decide ${id} --verdict release`;
      cli.output.result(
        { synthetic: true, id },
        `gave back the claim on ${id}; nothing is decided (${more})`,
      );
    });
}

async function claim(cli: Cli, id: string | undefined, body: { severity?: Severity }): Promise<void> {
  const client = await cli.api();
  const claimed =
    id === undefined
      ? await client.post('/api/v1/reviews/claim', { body })
      : await client.post('/api/v1/reviews/{id}/claim', { params: { path: { id } } });
  print(cli, claimed);
}

async function decide(
  cli: Cli,
  id: string,
  { verdict, reason, labels = [], secondOpinion = false }: DecideOptions,
): Promise<void> {
  const client = await cli.api();
  const body = { verdict, reason, labels, second_opinion: secondOpinion };
  print(cli, await client.post('/api/v1/reviews/{id}/decide', { params: { path: { id } }, body }));
}

function print({ output }: Cli, review: Review): void {
  const { subject, round, claimed_by, claimed_until, overdue, decision } = review;
  const facts = output.pairs([
    ['review', review.id],
    ['about', `${subject.type} ${subject.id}`],
    ['status', [statusOf(review), ...(round > 1 ? [`round ${round}`] : [])].join(', ')],
    ['severity', review.severity],
    ['due', `${review.due_at}${overdue ? ' (overdue)' : ''}`],
    ['claimed', claimed_by === null ? '-' : `by ${claimed_by} until ${claimed_until}`],
    ['reasons', decision.reasons],
    ...decision.matches.map(
      ({ field, policy, rule, text }) => [field, `${policy}/${rule}: ${JSON.stringify(text)}`] as const,
    ),
    ...(review.texts ?? []).map(({ field, text }) => [field, JSON.stringify(text)] as const),
    ...saidIn(review),
    ...review.earlier.map(
      ({ subject: about, action, outcome, rules, decided_at }) =>
        [
          'earlier',
          `${decided_at} ${action}${outcome === action ? '' : `, now ${outcome}`}: ${about.type} ${about.id} ${rules.join(', ')}`,
        ] as const,
    ),
  ]);
  output.result(review, facts);
}

/** Where it stands, and what came of it, which holds while an appeal is looked at. */
function statusOf({ status, outcome, escalated }: Pick<Review, 'status' | 'outcome' | 'escalated'>): string {
  const said = outcome === null ? status : `${status}: ${outcome}`;
  return escalated ? `${said}, escalated` : said;
}

/** Opinions and appeals in the order of their rounds; an appeal begins its round. */
function saidIn({ appeals, opinions, escalation }: Review): (readonly [string, string])[] {
  const escalations = escalation === null ? [] : [escalation];
  const all = [...appeals, ...opinions, ...escalations];
  const rounds = [...new Set(all.map(({ round }) => round))].toSorted((a, b) => a - b);
  return rounds.flatMap((round) => [
    ...appeals
      .filter((each) => each.round === round)
      .map(
        ({ appellant, against, reason }) => ['appeal', `${appellant} against ${against}: ${reason}`] as const,
      ),
    ...opinions
      .filter((each) => each.round === round)
      .map(({ reviewer, verdict, reason }) => ['opinion', `${reviewer}: ${verdict}, ${reason}`] as const),
    ...escalations
      .filter((each) => each.round === round)
      .map(({ reviewer, reason }) => ['escalated', `by ${reviewer}: ${reason}`] as const),
  ]);
}
