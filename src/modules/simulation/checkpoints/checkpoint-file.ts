import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { pipeline as piped } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createZstdCompress, createZstdDecompress, zstdDecompress } from 'node:zlib';
import type { BlobSource } from '../../../core/blobs/index.js';
import { ENGINE_VERSION, type SimulationInput } from '../simulation.rules.js';

/** Raised whenever the object of a state is written in another way. */
const FORMAT_VERSION = 1;
const FORMAT = 'azt3knet.run-checkpoint';
const END_OF_HEAD = 0x0a;
/** Fast: most of a state is zeros. */
const LEVEL = 1;

export const CHECKPOINT_TYPE = 'application/zstd';

/** A checkpoint that cannot be gone on from; the message says why. */
export class CheckpointUnusable extends Error {}

/** What a state is one of. A run goes on only from a state that is one of its own. */
export interface CheckpointHead {
  /** Completed ticks. */
  readonly tick: number;
  readonly seed: string;
  /** Of what the run went by until then. */
  readonly lineage: string;
  /** Of the agents and drafts. */
  readonly inputs: string;
  /** Of the last tick. */
  readonly digest: string;
}

/** The object of a state. @param state what the engine wrote */
export function packState(head: CheckpointHead, state: Uint8Array): BlobSource {
  const line = JSON.stringify({
    format: FORMAT,
    format_version: FORMAT_VERSION,
    engine_version: ENGINE_VERSION,
    ...head,
  });
  return compressed(Readable.from([Buffer.from(`${line}\n`), state]));
}

/** The object of a segment of events. */
export function packEvents(path: string): BlobSource {
  return compressed(createReadStream(path));
}

/** What the engine wrote, from a file of the object. @throws CheckpointUnusable where it is not a state as `expected` */
export async function unpackState(
  path: string,
  expected: Omit<CheckpointHead, 'digest'>,
): Promise<Uint8Array> {
  const bytes = await promisify(zstdDecompress)(await readFile(path));
  const end = bytes.indexOf(END_OF_HEAD);
  const head = JSON.parse(bytes.toString('utf8', 0, end)) as Record<string, unknown>;
  const wanted: Record<string, unknown> = {
    format: FORMAT,
    format_version: FORMAT_VERSION,
    engine_version: ENGINE_VERSION,
    ...expected,
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (head[name] !== value)
      throw new CheckpointUnusable(`is of ${wordOf(name)} ${wordOf(head[name])}, not ${wordOf(value)}`);
  }
  return bytes.subarray(end + 1);
}

/** Writes the events of an object into a file. */
export async function unpackEvents(from: string, to: string): Promise<void> {
  await piped(createReadStream(from), createZstdDecompress(), createWriteStream(to));
}

/** SHA-256 of whom and what a run is made from, as far as it decides which row is whose. */
export function inputsDigest({ agents, drafts }: SimulationInput): string {
  const hash = createHash('sha256');
  for (const { id } of agents) hash.update(`${id}\n`);
  for (const { id, agent_id, action } of drafts) hash.update(`${id} ${agent_id} ${action}\n`);
  return hash.digest('hex');
}

function compressed(source: Readable): BlobSource {
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL };
  // What goes wrong on the way ends the compressor, and so whoever reads it.
  return pipeline(source, createZstdCompress({ params }), () => {});
}

function wordOf(value: unknown): string {
  return String(value).replaceAll('_', ' ');
}
