import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { RunFile } from '../run-files.js';

/** Size and digest of a file, read in pieces. */
export async function digestFile(path: string): Promise<Pick<RunFile, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path)) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
