import type { Client, Job } from '@azt3knet/client';
import type { pathsApiV1JobsGetParametersQueryNameValues as NAMES } from '@azt3knet/client/schema';

type Name = (typeof NAMES)[number];
type Status = Job['status'];

/** What the laboratory sends by itself, step by step: nobody asked for one of these. */
const INTERNAL: ReadonlySet<string> = new Set<Name>(['workflow.step', 'bot.act']);
/** Jobs of one page of the API. */
const PAGE = 200;
/** Pages that are looked through for the jobs that people started. */
const PAGES_MAX = 25;

/**
 * Turns the pages of a list of jobs, the newest first: those that people started, or those of one kind. Of jobs that were sent together,
 * the one that the others are for comes first.
 * @param filter a status, and the name of a kind, which may be internal
 */
export function startedJobs(
  api: Client,
  { status, name }: { status?: Status | undefined; name?: Name | undefined } = {},
): (query: { limit: number }) => Promise<{ jobs: Job[]; next: string | null }> {
  const kept: Job[] = [];
  let cursor: string | null | undefined;
  let pages = 0;
  return async ({ limit }) => {
    while (kept.length <= limit && cursor !== null && pages < PAGES_MAX) {
      const query = {
        limit: PAGE,
        ...(typeof cursor === 'string' && { cursor }),
        ...(status !== undefined && { status: [status] }),
        ...(name !== undefined && { name }),
      };
      const found = await api.get('/api/v1/jobs', { params: { query } });
      kept.push(...ordered(found.jobs.filter((job) => name !== undefined || !INTERNAL.has(job.name))));
      cursor = found.next_cursor;
      pages += 1;
    }
    return { jobs: kept.splice(0, limit), next: kept.length > 0 ? 'more' : null };
  };
}

/** Jobs in the order of their sending; of those that were sent at once, the last to be done before what it waits for. */
function ordered(jobs: readonly Job[]): Job[] {
  const known = new Map(jobs.map((job) => [job.job_id, job]));
  const depthOf = ({ after_ids }: Job): number =>
    Math.max(
      0,
      ...after_ids.map((id) => {
        const before = known.get(id);
        return before === undefined ? 0 : depthOf(before) + 1;
      }),
    );
  return jobs.toSorted((a, b) =>
    a.created_at === b.created_at ? depthOf(b) - depthOf(a) : b.created_at.localeCompare(a.created_at),
  );
}
