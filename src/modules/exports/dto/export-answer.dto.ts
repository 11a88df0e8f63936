import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { links, synthetic, uuid, wire } from '../../../core/http/index.js';
import { jobPath, type Job } from '../../jobs/index.js';
import type { Export } from '../export.entity.js';
import { exportPath } from './export.dto.js';

/** An export that is there, or the job that makes it. */
export type RequestedExport = { there: Export } | { job: Job };

export const ExportAnswer = wire(
  'ExportAnswer',
  z
    .strictObject({
      synthetic,
      export_id: uuid.nullable().meta({ description: 'Null until the job is completed.' }),
      job_id: uuid.nullable().meta({ description: 'Null where the export was there already.' }),
      links,
    })
    .describe('An export that is there already, or the job that makes it.'),
);
export type ExportAnswer = z.infer<typeof ExportAnswer>;

/** Answers 200 with an export that is there, and 202 with a job; `Location` is the path of either. */
export function answerExport(found: RequestedExport, reply: FastifyReply): ExportAnswer {
  if ('there' in found) {
    const path = exportPath(found.there.id);
    void reply.header('Location', path);
    return { synthetic: true, export_id: found.there.id, job_id: null, links: { export: path } };
  }
  const { id, links: made } = found.job;
  const path = jobPath(id);
  void reply.status(202).header('Location', path);
  return { synthetic: true, export_id: null, job_id: id, links: { job: path, ...made } };
}
