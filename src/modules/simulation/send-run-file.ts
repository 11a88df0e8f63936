import { createReadStream } from 'node:fs';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { RunsService } from './runs.service.js';

/** Answers with a file of a completed run. @throws as `RunsService.file` does */
export async function sendRunFile(
  service: RunsService,
  { id, name, disposition }: { id: string; name: string; disposition: 'inline' | 'attachment' },
  reply: FastifyReply,
): Promise<StreamableFile> {
  const { file, path } = await service.file(id, name);
  void reply
    .header('X-Synthetic', 'true')
    .header('ETag', `"${file.sha256}"`)
    .header('X-Content-Type-Options', 'nosniff')
    .header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return new StreamableFile(createReadStream(path), {
    type: file.media_type,
    length: Number(file.bytes),
    disposition: `${disposition}; filename="run-${id}-${file.name}"`,
  });
}
