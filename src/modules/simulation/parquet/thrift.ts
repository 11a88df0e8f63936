/** A value of a Thrift struct: what it is written as, and what it is. */
export type ThriftValue =
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly struct: ThriftStruct }
  | { readonly list: readonly ThriftValue[] };
/** Fields by their numbers, which rise. */
export type ThriftStruct = readonly (readonly [field: number, value: ThriftValue])[];

const CODES = { i32: 5, i64: 6, text: 8, list: 9, struct: 12 } as const;

/** A struct in Thrift's compact protocol, which Parquet writes its metadata in. */
export function thriftBytes(struct: ThriftStruct): Buffer {
  const bytes: number[] = [];
  writeStruct(bytes, struct);
  return Buffer.from(bytes);
}

function writeStruct(bytes: number[], struct: ThriftStruct): void {
  let before = 0;
  for (const [field, value] of struct) {
    // Fields of Parquet never lie further apart than the fifteen that fit.
    bytes.push(((field - before) << 4) | codeOf(value));
    writeValue(bytes, value);
    before = field;
  }
  bytes.push(0);
}

function codeOf(value: ThriftValue): number {
  return CODES[Object.keys(value)[0] as keyof typeof CODES];
}

function writeValue(bytes: number[], value: ThriftValue): void {
  if ('struct' in value) writeStruct(bytes, value.struct);
  else if ('text' in value) writeText(bytes, value.text);
  else if ('list' in value) writeList(bytes, value.list);
  else writeVarint(bytes, zigzag('i32' in value ? value.i32 : value.i64));
}

function writeText(bytes: number[], text: string): void {
  const utf8 = Buffer.from(text);
  writeVarint(bytes, utf8.length);
  bytes.push(...utf8);
}

function writeList(bytes: number[], list: readonly ThriftValue[]): void {
  const [first] = list;
  const code = first === undefined ? CODES.i32 : codeOf(first);
  if (list.length < 15) bytes.push((list.length << 4) | code);
  else {
    bytes.push(0xf0 | code);
    writeVarint(bytes, list.length);
  }
  for (const each of list) writeValue(bytes, each);
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Writes a whole number from 0 to 2^53 in groups of seven bits. */
export function writeVarint(bytes: number[], value: number): void {
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  bytes.push(left);
}
