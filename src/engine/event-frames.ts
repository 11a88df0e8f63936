import { type EventColumns, INTEGER_COLUMNS, type ScoreParts } from './event-buffer.js';
import { type Part, PARTS } from './signals.js';

/** Bytes before the columns of a frame: its rows, which parts of scores it has, and where its first row stands in the log. */
export const FRAME_HEAD = 16;
const INTEGER_BYTES = INTEGER_COLUMNS.length * 4;
const NUMBER_BYTES = 2 * 8;
const ROW_BYTES = NUMBER_BYTES + INTEGER_BYTES + 4;
/** Set in the head of a frame that has parts, beside a bit for each of PARTS. */
const WITH_PARTS = 1 << PARTS.length;

/** Bytes that are no frame of events. */
export class FrameError extends Error {}

/** Events as one block of bytes, little-endian: the head, then the columns. The same events give the same bytes. */
export function writeFrame(events: EventColumns): Uint8Array {
  const { length, firstSequence, parts } = events;
  const columns = columnsOf(events);
  const bytes = new Uint8Array(FRAME_HEAD + columns.reduce((sum, { byteLength }) => sum + byteLength, 0));
  const head = new DataView(bytes.buffer);
  head.setUint32(0, length, true);
  head.setUint32(4, parts === undefined ? 0 : marksOf(parts), true);
  head.setFloat64(8, firstSequence, true);
  let at = FRAME_HEAD;
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  return bytes;
}

/** The bytes that follow a frame's head. @throws FrameError where the head is none */
export function frameBodyBytes(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < FRAME_HEAD) throw new FrameError('the events are cut off');
  const marks = view.getUint32(4, true);
  if (marks !== 0 && (marks < WITH_PARTS || marks >= 2 * WITH_PARTS))
    throw new FrameError('these bytes are no events');
  return view.getUint32(0, true) * (ROW_BYTES + partsIn(marks).length * 4);
}

function marksOf(parts: ScoreParts): number {
  return PARTS.reduce((marks, name, bit) => marks | (Number(name in parts) << bit), WITH_PARTS);
}

function partsIn(marks: number): Part[] {
  return PARTS.filter((_, bit) => ((marks >> bit) & 1) === 1);
}

/** The events of a frame. @throws FrameError where head and body do not belong together */
export function readFrame(head: Uint8Array, body: Uint8Array): EventColumns {
  if (body.length !== frameBodyBytes(head)) throw new FrameError('the events are cut off');
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const length = view.getUint32(0, true);
  // A copy stands where every kind of column may begin.
  const bytes = body.slice();
  let at = 0;
  const take = <C extends Float64Array | Int32Array | Float32Array>(
    Kind: new (buffer: ArrayBuffer, offset: number, length: number) => C,
    width: number,
  ): C => {
    const column = new Kind(bytes.buffer, at, length);
    at += length * width;
    return column;
  };
  const event = take(Float64Array, 8);
  const cause = take(Float64Array, 8);
  const integers = Object.fromEntries(INTEGER_COLUMNS.map((name) => [name, take(Int32Array, 4)])) as Record<
    (typeof INTEGER_COLUMNS)[number],
    Int32Array
  >;
  const value = take(Float32Array, 4);
  const marks = view.getUint32(4, true);
  const parts: ScoreParts | undefined =
    marks === 0 ? undefined : Object.fromEntries(partsIn(marks).map((name) => [name, take(Float32Array, 4)]));
  const firstSequence = view.getFloat64(8, true);
  return { ...integers, event, cause, value, ...(parts && { parts }), length, firstSequence };
}

/** The widest first, so that each begins where its kind may. */
function columnsOf(events: EventColumns): (Float64Array | Int32Array | Float32Array)[] {
  const { event, cause, value, parts } = events;
  return [
    event,
    cause,
    ...INTEGER_COLUMNS.map((name) => events[name]),
    value,
    ...PARTS.flatMap((name) => parts?.[name] ?? []),
  ];
}
