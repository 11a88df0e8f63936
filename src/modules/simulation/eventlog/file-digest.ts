import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** A file that a run left, by its name in the run's folder. */
export interface RunFile {
  name: string;
  media_type: string;
  bytes: number;
  /** Of its content, in hexadecimal. */
  sha256: string;
}

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
