import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Job } from './job.entity.js';
import { telling } from './job.events.js';
import type { ReadyJob } from './jobs.repository.js';

/** What becomes of jobs that wait for others. */
@Injectable()
export class JobFollowersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Lets those run that waited for jobs which have all ended as they must. */
  async release(): Promise<ReadyJob[]> {
    const [rows] = await this.dataSource.query<[ReadyJob[], number]>(
      `UPDATE jobs SET waiting = false, run_at = GREATEST(run_at, clock_timestamp()) WHERE id IN (
         SELECT later.id FROM jobs AS later WHERE later.status = 'queued' AND later.waiting AND NOT EXISTS (
           SELECT FROM jobs AS earlier WHERE earlier.id = ANY(later.after_ids)
             AND (earlier.status IN ('queued', 'running')
               OR (earlier.status <> 'completed' AND later.on_parent_failure = 'fail')))
         FOR UPDATE SKIP LOCKED)
       RETURNING id, queue, name`,
    );
    return rows;
  }

  /** Ends the queued jobs that follow a job which failed or was cancelled, unless they run all the same. */
  end(): Promise<Pick<Job, 'id'>[]> {
    return this.dataSource.query(
      telling(
        `UPDATE jobs SET status = ended.status, finished_at = now(), waiting = false,
           error = jsonb_build_object('code', 'predecessor_' || ended.status,
             'message', 'the job before it, ' || ended.parent || ', ' ||
               CASE ended.status WHEN 'cancelled' THEN 'was cancelled' ELSE 'failed' END)
         FROM (SELECT DISTINCT ON (later.id) later.id, earlier.id AS parent, earlier.status
               FROM jobs AS later JOIN jobs AS earlier ON earlier.id = ANY(later.after_ids)
               WHERE later.status = 'queued' AND later.waiting AND later.on_parent_failure = 'fail'
                 AND earlier.status IN ('failed', 'cancelled')
               ORDER BY later.id, earlier.status DESC) AS ended
         WHERE jobs.id = ended.id AND jobs.status = 'queued' RETURNING jobs.*`,
        'id',
      ),
    );
  }
}
