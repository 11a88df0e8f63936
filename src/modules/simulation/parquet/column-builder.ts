import type { ColumnValues } from './parquet-file.js';

/** Scratch that builds the columns of one group of rows after the other; what it returns holds until it builds the next. */
export class ColumnBuilder {
  private readonly present: Uint8Array;
  private readonly places: Int32Array;
  private readonly numbers: Float64Array;
  /** Of each key, the column that it was met in last, and its place in the dictionary of that. */
  private met: Int32Array = new Int32Array(1024);
  private placeOf: Int32Array = new Int32Array(1024);
  private column = 0;

  /** @param rows the most that a group has */
  constructor(rows: number) {
    this.present = new Uint8Array(rows);
    this.places = new Int32Array(rows);
    this.numbers = new Float64Array(rows);
  }

  /**
   * A column of few different values, each named by a key.
   * @param keys whole numbers from 0, or below 0 where a row has no value
   * @param valueOf of a key; called once for each
   */
  keyed(rows: number, keys: Int32Array, valueOf: (key: number) => string | number): ColumnValues {
    const { present, places } = this;
    const dictionary: (string | number)[] = [];
    this.column += 1;
    let count = 0;
    for (let row = 0; row < rows; row += 1) {
      const key = keys[row] as number;
      present[row] = key < 0 ? 0 : 1;
      if (key < 0) continue;
      if (key >= this.met.length) this.grow(key + 1);
      if (this.met[key] !== this.column) {
        this.met[key] = this.column;
        this.placeOf[key] = dictionary.length;
        dictionary.push(valueOf(key));
      }
      places[count] = this.placeOf[key] as number;
      count += 1;
    }
    return { present: present.subarray(0, rows), count, values: places.subarray(0, count), dictionary };
  }

  /** A column of numbers. @param of NaN where a row has none */
  doubles(rows: number, of: (row: number) => number): ColumnValues {
    const { present, numbers } = this;
    let count = 0;
    for (let row = 0; row < rows; row += 1) {
      const value = of(row);
      present[row] = Number.isNaN(value) ? 0 : 1;
      if (Number.isNaN(value)) continue;
      numbers[count] = value;
      count += 1;
    }
    return { present: present.subarray(0, rows), count, values: numbers.subarray(0, count) };
  }

  private grow(length: number): void {
    const size = Math.max(length, this.met.length * 2);
    const [met, placeOf] = [new Int32Array(size), new Int32Array(size)];
    met.set(this.met);
    placeOf.set(this.placeOf);
    this.met = met;
    this.placeOf = placeOf;
  }
}
