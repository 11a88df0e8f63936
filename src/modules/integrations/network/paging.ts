/** A page of a list whose ids grow with time, the newest first. */
export interface IdPage {
  /** Only ids below it. */
  max?: string | undefined;
  /** Only ids above it: the newest of them. */
  since?: string | undefined;
  /** Only ids above it: the oldest of them, so that pages follow each other upwards. */
  min?: string | undefined;
  limit: number;
}

const ID = /^\d{1,19}$/;
const MAX_ID = 2n ** 63n - 1n;

/** Whether a text is an id: what is none belongs to nothing. */
export function isNetworkId(text: string): boolean {
  return ID.test(text) && BigInt(text) <= MAX_ID;
}

/** The end of a query whose conditions stand before it, and the values of its parameters, numbered from `first`. */
export function pageOf(column: string, page: IdPage, first: number): { sql: string; values: string[] } {
  const { max, since, min, limit } = page;
  const bounds = [
    [max, '<'],
    [since, '>'],
    [min, '>'],
  ] as const;
  const given = bounds.flatMap(([value, operator]) => (value === undefined ? [] : [{ value, operator }]));
  const conditions = given.map(({ operator }, at) => ` AND ${column} ${operator} $${first + at}`).join('');
  const order = min === undefined ? 'DESC' : 'ASC';
  return {
    sql: `${conditions} ORDER BY ${column} ${order} LIMIT ${Math.trunc(limit)}`,
    values: given.map(({ value }) => value),
  };
}

/** The rows of a page, the newest first however they were looked for. */
export function newestFirst<Row>(rows: readonly Row[], page: IdPage): Row[] {
  return page.min === undefined ? [...rows] : rows.toReversed();
}
