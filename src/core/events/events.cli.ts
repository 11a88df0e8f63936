import type { Job } from '@azt3knet/client';
import { Argument, type Command } from 'commander';
import { flatten, wholeNumber, type Cli } from '../cli/index.js';
import type { PublishedEvent } from './event-log.js';

/** The first segments of all topics. */
export const TOPIC_ROOTS = [
  'agents',
  'bots',
  'campaigns',
  'experiments',
  'incidents',
  'jobs',
  'networks',
  'policies',
  'populations',
  'publications',
  'reviews',
  'runs',
  'scenarios',
  'sessions',
  'templates',
  'workflows',
] as const;

const ALL = TOPIC_ROOTS.map((root) => `${root}.*`);
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Most types are not longer. */
const TYPE_PLACES = 13;

/** What the events of jobs carry, which are the most. */
type JobPayload = Pick<Job, 'name' | 'progress' | 'error'>;

export function registerEventCommand(program: Command, cli: Cli): void {
  const topics = new Argument(
    '[topics...]',
    'what to listen to, or one thing: jobs.<id>; without any, everything',
  )
    .choices(ALL)
    // Beside the choices, which a shell completes, there is a topic of each single thing; the API knows them.
    .argParser((topic, before: string[] | undefined) => [...(before ?? []), topic]);
  program
    .command('events')
    .description('print what happens as it comes, until Ctrl-C')
    .addArgument(topics)
    .option(
      '--after <position>',
      'first what happened after this position; 0: all that is kept',
      wholeNumber(0),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  azt3knet events\n  azt3knet events "jobs.*" "runs.*" --json --after 1042',
    )
    .action((given: string[] | undefined, { after }: { after?: number }) =>
      print(cli, given === undefined || given.length === 0 ? ALL : given, after),
    );
}

async function print(cli: Cli, topics: readonly string[], after: number | undefined): Promise<void> {
  const { output } = cli;
  const client = await cli.api();
  const end = new AbortController();
  let last = after?.toString();
  const stop = (): Promise<void> => {
    end.abort();
    if (last !== undefined) output.note(`go on with --after ${last}`);
    return Promise.resolve();
  };
  const listen = async (): Promise<void> => {
    let first = true;
    const shown = new Map<string, string>();
    for await (const { id, data } of client.events(topics, { after: last, signal: end.signal })) {
      const event = data as PublishedEvent;
      last = id;
      const line = lineOf(event, output.width);
      if (output.format === 'table' && isRepeated(event, line, shown)) continue;
      // Payloads differ, and rows of one table do not.
      const row = output.format === 'csv' ? { ...event, payload: JSON.stringify(event.payload) } : event;
      output.line(row, line, first);
      first = false;
    }
  };
  await cli.interruptible(stop, listen, 'any');
}

/** How much of a line is its time. */
const TIME_PLACES = 9;

/** Whether a job tells of progress that people have read already: a step of it may show in nothing that is printed. */
export function isRepeated(
  { type, topic }: PublishedEvent,
  line: string,
  shown: Map<string, string>,
): boolean {
  if (type !== 'job.progress') {
    shown.delete(topic);
    return false;
  }
  const text = line.slice(TIME_PLACES);
  const repeated = shown.get(topic) === text;
  shown.set(topic, text);
  return repeated;
}

/** One line of at most `width` places: when, what, to whom, and what else there is to know. */
export function lineOf({ occurred_at, type, topic, payload }: PublishedEvent, width: number): string {
  const time = new Date(occurred_at).toISOString().slice(11, 19);
  const subject = topic.slice(topic.indexOf('.') + 1);
  const facts = type.startsWith('job.') ? jobFacts(payload as JobPayload) : factsOf(payload, subject);
  // What somebody has written must not begin another line.
  const line = [`${time}Z`, type.padEnd(TYPE_PLACES), subject, ...facts]
    .join(' ')
    .replaceAll(/\p{Cc}+/gu, ' ');
  return line.length > width ? `${line.slice(0, width - 1)}…` : line.trimEnd();
}

function jobFacts({ name, progress: { done, total }, error }: JobPayload): string[] {
  const amount = total === null || total === 0 ? [] : [`${done}/${total}`];
  return [...amount, name, ...(error === null ? [] : [error.message])];
}

/** What is neither empty nor an id. */
function factsOf(payload: object, subject: string): string[] {
  return [...flatten(payload)]
    .map(([name, value]) => [name, String(value)] as const)
    .filter(([, value]) => value !== '' && value !== subject && !UUID.test(value))
    .map(([name, value]) => `${name}=${value}`);
}
