import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.js';
import { etagOf, namesTag } from './etag.js';

/** A part of a file, both ends included. */
export interface FilePart {
  start: number;
  end: number;
}

/** A file that can be sent. */
export interface Download {
  name: string;
  mediaType: string;
  bytes: number;
  /** Hexadecimal; the entity tag. */
  sha256: string;
  disposition: 'inline' | 'attachment';
  /** Opens the file or a part of it. */
  open(part?: FilePart): Promise<Readable>;
}

/** Bytes that are in memory, as a file that is shown. */
export function downloadOf(bytes: Buffer, name: string, mediaType: string): Download {
  return {
    name,
    mediaType,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    disposition: 'inline',
    open: (part) => Promise.resolve(Readable.from([part ? bytes.subarray(part.start, part.end + 1) : bytes])),
  };
}

/** A report draws inline styles; nothing else is to happen on it, nor around it. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

class RangeNotSatisfiable extends AppError {
  constructor(bytes: number) {
    super('range_not_satisfiable', 'range_not_satisfiable', `Range: the file has ${bytes} bytes`);
  }
}

/**
 * The part that a `Range` header asks for; undefined for the whole file, also when several parts are asked for (RFC 9110
 * lets us) or the header makes no sense.
 * @throws RangeNotSatisfiable when it begins beyond the end
 */
export function partOf(header: string | undefined, bytes: number): FilePart | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (`${first}${last}` === '') return undefined;
  if (first === '') {
    if (Number(last) === 0 || bytes === 0) throw new RangeNotSatisfiable(bytes);
    return { start: Math.max(0, bytes - Number(last)), end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= bytes) throw new RangeNotSatisfiable(bytes);
  return { start, end };
}

/**
 * Answers with a file, a part of it (206), or nothing when the caller has it already (304). What a browser would make of
 * the bytes is held down: no sniffing, no scripts, no requests.
 */
export async function sendDownload(
  download: Download,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<StreamableFile | undefined> {
  const { name, mediaType, bytes, sha256, disposition } = download;
  const etag = etagOf(sha256);
  void reply
    .header('X-Synthetic', 'true')
    .header('ETag', etag)
    .header('Accept-Ranges', 'bytes')
    .header('Cache-Control', 'private, no-cache')
    .header('X-Content-Type-Options', 'nosniff')
    .header('Content-Security-Policy', POLICY);
  const { 'if-none-match': known, 'if-range': condition, range } = request.headers;
  if (known !== undefined && namesTag(known, etag)) {
    void reply.status(304);
    return undefined;
  }
  const part = condition === undefined || condition === etag ? wanted(range, bytes, reply) : undefined;
  if (part !== undefined) {
    void reply.status(206).header('Content-Range', `bytes ${part.start}-${part.end}/${bytes}`);
  }
  // Who asks for the head alone needs no file opened.
  const stream = request.method === 'HEAD' ? Readable.from([]) : await download.open(part);
  return new StreamableFile(stream, {
    type: mediaType,
    length: part === undefined ? bytes : part.end + 1 - part.start,
    disposition: `${disposition}; filename="${name}"`,
  });
}

function wanted(range: string | undefined, bytes: number, reply: FastifyReply): FilePart | undefined {
  try {
    return partOf(range, bytes);
  } catch (error) {
    void reply.header('Content-Range', `bytes */${bytes}`);
    throw error;
  }
}
