import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { BlobStore } from '../blobs/index.js';
import { isMoment } from './audit-chain.js';
import type { AuditHead } from './audit-head.entity.js';

const FOLDER = 'audit/heads';

/** A head as a file has it. */
const HEAD = z.object({
  sequence: z.string().regex(/^[1-9]\d{0,18}$/),
  key_id: z.string(),
  public_key: z.string(),
  previous_key: z.string().nullable(),
  hash: z.string(),
  signed_at: z.iso.datetime().transform((time) => new Date(time)),
  signature: z.string(),
});

/** The day whose file has a head, or a newer one. */
export function dayOf({ signed_at }: Pick<AuditHead, 'signed_at'>): string {
  return isMoment(signed_at) ? signed_at.toISOString().slice(0, 10) : '';
}

/** Something that stands where a head should, and is none. */
export interface DamagedHead {
  place: string;
}

/** Keeps heads apart from the database: a file for each day, with the newest head of that day. */
export class HeadFiles {
  constructor(private readonly store: BlobStore) {}

  async put(head: AuditHead): Promise<void> {
    await this.store.put(`${FOLDER}/${dayOf(head)}.json`, [`${JSON.stringify(head)}\n`], 'application/json');
  }

  /** The days of which there is a file: `2026-11-21`. */
  async days(): Promise<Set<string>> {
    const keys = await this.keys();
    return new Set(keys.map((key) => key.slice(FOLDER.length + 1, -'.json'.length)));
  }

  /** The heads of the newest days, or of all, the newest day first. */
  async read(days = Infinity): Promise<(AuditHead | DamagedHead)[]> {
    const keys = await this.keys();
    const found: (AuditHead | DamagedHead)[] = [];
    for (const key of keys.toSorted().toReversed().slice(0, days)) {
      const { stream } = await this.store.get(key);
      found.push(read(HEAD, await text(stream)) ?? { place: this.store.locate(key) });
    }
    return found;
  }

  private async keys(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.store.list(FOLDER)) keys.push(key);
    return keys;
  }
}

function read<S extends z.ZodType>(schema: S, json: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

const KEPT = z.object({ heads: z.array(HEAD) });

/** The heads of a document `{heads: [...]}`; undefined when it is none. */
export function readHeads(json: string): AuditHead[] | undefined {
  return read(KEPT, json)?.heads;
}
