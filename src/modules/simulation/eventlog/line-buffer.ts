/** Digits of the numbers 0 to 99, two bytes each. */
const PAIRS = new Uint8Array(200);
for (let n = 0; n < 100; n += 1) {
  PAIRS[2 * n] = 48 + Math.floor(n / 10);
  PAIRS[2 * n + 1] = 48 + (n % 10);
}
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Whole numbers below this are written digit by digit. */
const MOST_WHOLE = 2 ** 31;
/** Fractions are written in steps of so much. */
const STEPS = 10_000;
const DECIMALS = 4;
/** The most bytes that a number takes. */
const NUMBER_BYTES = 32;

/** Names by their number, as the bytes that stand for them in JSON; each is made when it is first asked for. */
export class NameTable {
  bytes: Uint8Array = new Uint8Array(1 << 14);
  /** Of each name that is there, where it begins and ends; 0 as the end of one that is not. */
  places: Uint32Array = new Uint32Array(1 << 10);
  private length = 0;

  constructor(private readonly nameOf: (key: number) => string | undefined) {}

  /** Puts a name into the table. @returns whether there is one of this number */
  find(key: number): boolean {
    if (2 * key + 1 >= this.places.length) this.places = larger(this.places, 2 * key + 2);
    if (this.places[2 * key + 1] !== 0) return true;
    const name = this.nameOf(key);
    if (name === undefined) return false;
    const bytes = Buffer.from(JSON.stringify(name));
    if (this.length + bytes.length > this.bytes.length)
      this.bytes = larger(this.bytes, this.length + bytes.length);
    this.bytes.set(bytes, this.length);
    this.places[2 * key] = this.length;
    this.length += bytes.length;
    this.places[2 * key + 1] = this.length;
    return true;
  }
}

function larger<T extends Uint8Array | Uint32Array>(column: T, length: number): T {
  const Kind = column.constructor as new (length: number) => T;
  const grown = new Kind(Math.max(length, 2 * column.length));
  grown.set(column);
  return grown;
}

/** Bytes that texts and numbers are put one behind the other into, without making strings of them. */
export class LineBuffer {
  private bytes: Uint8Array = new Uint8Array(1 << 16);
  private length = 0;

  get size(): number {
    return this.length;
  }

  /** What was put in; holds until something else is. Forgets it. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }

  text(text: Uint8Array): void {
    this.copy(text, 0, text.length);
  }

  /** A name as JSON, behind what stands before it; nothing where there is none of this number. */
  name(before: Uint8Array, table: NameTable, key: number): void {
    if (key < 0 || !table.find(key)) return;
    this.text(before);
    this.copy(table.bytes, table.places[2 * key] as number, table.places[2 * key + 1] as number);
  }

  /** A number as JSON writes it. */
  number(value: number): void {
    if (value >= 0 && value < MOST_WHOLE && Math.floor(value) === value) this.whole(value);
    else this.other(value);
  }

  /** A number to four decimals, as JSON writes what is left of it. */
  rounded(value: number): void {
    const steps = Math.round(value * STEPS);
    if (!(Math.abs(steps) < MOST_WHOLE)) {
      this.other(steps / STEPS);
      return;
    }
    if (steps < 0) this.byte(MINUS);
    const size = Math.abs(steps);
    const units = Math.floor(size / STEPS);
    this.whole(units);
    const rest = size - units * STEPS;
    if (rest > 0) this.decimals(rest);
  }

  /** Below 1, in steps; zeros at the end are left out. */
  private decimals(steps: number): void {
    this.byte(POINT);
    const { bytes } = this;
    const at = this.length;
    const high = Math.floor(steps / 100);
    const low = steps - high * 100;
    bytes[at] = PAIRS[2 * high] as number;
    bytes[at + 1] = PAIRS[2 * high + 1] as number;
    bytes[at + 2] = PAIRS[2 * low] as number;
    bytes[at + 3] = PAIRS[2 * low + 1] as number;
    let end = at + DECIMALS;
    while (bytes[end - 1] === ZERO) end -= 1;
    this.length = end;
  }

  private whole(value: number): void {
    this.reserve(NUMBER_BYTES);
    const { bytes } = this;
    let digits = 1;
    for (let most = 10; most <= value; most *= 10) digits += 1;
    let at = this.length + digits;
    this.length = at;
    let left = value;
    for (; left >= 10; at -= 2) {
      const rest = (left / 100) | 0;
      const pair = left - rest * 100;
      bytes[at - 1] = PAIRS[2 * pair + 1] as number;
      bytes[at - 2] = PAIRS[2 * pair] as number;
      left = rest;
      digits -= 2;
    }
    if (digits > 0) bytes[at - 1] = ZERO + left;
  }

  private other(value: number): void {
    this.text(Buffer.from(JSON.stringify(value)));
  }

  private byte(byte: number): void {
    this.reserve(NUMBER_BYTES);
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  private copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    const { bytes } = this;
    let to = this.length;
    for (let at = start; at < end; at += 1, to += 1) bytes[to] = from[at] as number;
    this.length = to;
  }

  private reserve(more: number): void {
    if (this.length + more > this.bytes.length) this.bytes = larger(this.bytes, this.length + more);
  }
}
