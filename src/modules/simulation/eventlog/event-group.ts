import { type EventColumns, type Part, PARTS } from '../../../engine/index.js';

const INTEGERS = [
  'tick',
  'kind',
  'agent',
  'post',
  'root',
  'parent',
  'comment',
  'rank',
  'reason',
  'target',
] as const;

/** The events of one group of rows, as the engine has them. */
export class EventGroup implements Record<(typeof INTEGERS)[number], Int32Array> {
  length = 0;
  readonly sequence: Int32Array;
  readonly event: Float64Array;
  readonly cause: Float64Array;
  readonly value: Float32Array;
  readonly tick: Int32Array;
  readonly kind: Int32Array;
  readonly agent: Int32Array;
  readonly post: Int32Array;
  readonly root: Int32Array;
  readonly parent: Int32Array;
  readonly comment: Int32Array;
  readonly rank: Int32Array;
  readonly reason: Int32Array;
  readonly target: Int32Array;
  /** What scores are made of; of parts that no feed asked yet there is none. */
  readonly parts: { [P in Part]?: Float32Array } = {};

  constructor(private readonly size: number) {
    this.sequence = new Int32Array(size);
    this.event = new Float64Array(size);
    this.cause = new Float64Array(size);
    this.value = new Float32Array(size);
    this.tick = new Int32Array(size);
    this.kind = new Int32Array(size);
    this.agent = new Int32Array(size);
    this.post = new Int32Array(size);
    this.root = new Int32Array(size);
    this.parent = new Int32Array(size);
    this.comment = new Int32Array(size);
    this.rank = new Int32Array(size);
    this.reason = new Int32Array(size);
    this.target = new Int32Array(size);
  }

  get isFull(): boolean {
    return this.length === this.size;
  }

  private takePart(part: Part, values: Float32Array | undefined, at: number, count: number): void {
    if (values !== undefined) this.parts[part] ??= new Float32Array(this.size).fill(Number.NaN);
    if (values === undefined) this.parts[part]?.fill(Number.NaN, at, at + count);
    else this.parts[part]?.set(values, at);
  }

  clear(): void {
    this.length = 0;
  }

  /** Takes as many events from a row on as there is room for. @returns how many */
  take(events: EventColumns, from: number): number {
    const at = this.length;
    const count = Math.min(this.size - at, events.length - from);
    const to = from + count;
    for (const name of INTEGERS) this[name].set(events[name].subarray(from, to), at);
    this.event.set(events.event.subarray(from, to), at);
    this.cause.set(events.cause.subarray(from, to), at);
    this.value.set(events.value.subarray(from, to), at);
    for (let row = 0; row < count; row += 1) this.sequence[at + row] = events.firstSequence + from + row;
    for (const part of PARTS) this.takePart(part, events.parts?.[part]?.subarray(from, to), at, to - from);
    this.length = at + count;
    return count;
  }
}
