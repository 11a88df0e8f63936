import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { PrintedLine } from './executor.js';
import { storable } from './storable.js';

const STREAMS = ['stdout', 'stderr'] as const;
/** Read at most at once of each file; what is more is left out, its end is not. */
const READ_MAX = 65_536;
/** A file that is larger is begun anew; one older copy stays. */
const ROTATE_AT = 1_048_576;
const LINE_MAX = 4_000;

interface Place {
  offset: number;
  /** The beginning of a line whose end has not come. */
  rest: string;
}

/** The files that a bot prints into: followed, and kept small. A bot writes at their ends, wherever these are. */
export class BotLogFiles {
  private readonly places = new Map<string, Place>();

  /** @param folder of one bot; where this process goes on is kept there too */
  constructor(private readonly folder: string) {}

  fileOf(stream: (typeof STREAMS)[number]): string {
    return join(this.folder, `${stream}.log`);
  }

  /** Whole lines that came since, and how many bytes were left out. */
  read(): { lines: PrintedLine[]; dropped: number } {
    const all: { lines: PrintedLine[]; dropped: number } = { lines: [], dropped: 0 };
    for (const stream of STREAMS) {
      const size = statSync(this.fileOf(stream), { throwIfNoEntry: false })?.size;
      const place = this.placeOf(stream);
      // What is shorter than it was has been begun anew.
      if (size !== undefined && size < place.offset) place.offset = 0;
      if (size === undefined || size === place.offset) continue;
      const { lines, dropped } = this.readStream(stream, place, size);
      all.lines.push(...lines.map((message) => ({ stream, message })));
      all.dropped += dropped;
    }
    return all;
  }

  private readStream(
    stream: (typeof STREAMS)[number],
    place: Place,
    size: number,
  ): { lines: string[]; dropped: number } {
    const file = this.fileOf(stream);
    const dropped = Math.max(0, size - place.offset - READ_MAX);
    const handle = openSync(file, 'r+');
    try {
      const bytes = Buffer.alloc(Math.min(READ_MAX, size - place.offset));
      const length = readSync(handle, bytes, 0, bytes.length, place.offset + dropped);
      const text = (dropped > 0 ? '' : place.rest) + bytes.subarray(0, length).toString();
      const lines = text.split('\n');
      const rest = lines.pop() ?? '';
      place.rest = rest.length > LINE_MAX ? '' : rest;
      if (rest.length > LINE_MAX) lines.push(rest);
      place.offset = size;
      if (size > ROTATE_AT) {
        copyFileSync(file, `${file}.1`);
        ftruncateSync(handle);
        place.offset = 0;
      }
      this.keep();
      const shown = dropped > 0 ? lines.slice(1) : lines;
      return { lines: shown.filter((line) => line !== '').map(printable), dropped };
    } finally {
      closeSync(handle);
    }
  }

  private placeOf(stream: string): Place {
    if (this.places.size === 0) this.recall();
    const place = this.places.get(stream) ?? { offset: 0, rest: '' };
    this.places.set(stream, place);
    return place;
  }

  private keep(): void {
    const offsets = Object.fromEntries([...this.places].map(([stream, { offset }]) => [stream, offset]));
    writeFileSync(join(this.folder, 'read.json'), JSON.stringify(offsets));
  }

  private recall(): void {
    try {
      const offsets = JSON.parse(readFileSync(join(this.folder, 'read.json'), 'utf8')) as Record<
        string,
        number
      >;
      for (const [stream, offset] of Object.entries(offsets)) this.places.set(stream, { offset, rest: '' });
    } catch {
      // Nothing was read yet.
    }
  }
}

function printable(line: string): string {
  return storable(line, LINE_MAX).replace(/\r$/, '');
}
