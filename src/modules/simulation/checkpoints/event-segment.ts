import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import {
  type EventColumns,
  FRAME_HEAD,
  frameBodyBytes,
  readFrame,
  writeFrame,
} from '../../../engine/index.js';

/** The events between two checkpoints, in a file of this machine. */
export class EventSegment {
  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async open(path: string): Promise<EventSegment> {
    return new EventSegment(path, await open(path, 'w'));
  }

  /** Writes drained events behind those before. */
  async append(events: EventColumns): Promise<void> {
    if (events.length > 0) await this.file.writeFile(writeFrame(events));
  }

  /** Writes what another segment holds behind what is there. */
  async appendFile(path: string): Promise<void> {
    for await (const piece of createReadStream(path)) await this.file.writeFile(piece as Buffer);
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** The events of a segment as they were appended. @throws FrameError where the file holds something else */
export async function* readSegment(path: string): AsyncGenerator<EventColumns> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const head = await bytesOf(file, FRAME_HEAD);
      if (head.length === 0) return;
      yield readFrame(head, await bytesOf(file, frameBodyBytes(head)));
    }
  } finally {
    await file.close();
  }
}

/** The next bytes of a file, fewer at its end. */
async function bytesOf(file: FileHandle, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  let length = 0;
  while (length < count) {
    const { bytesRead } = await file.read(bytes, length, count - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
