import type { EntityManager } from 'typeorm';
import { Conditions } from './conditions.js';
import { InvalidCursor, readCursor, writeCursor, type Position } from './cursor.js';

/** What a value of a sort field looks like as text: nothing else reaches a cast. */
const FORMS = {
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
  integer: /^-?\d{1,9}$/,
  bigint: /^-?\d{1,18}$/,
  'double precision': /^-?\d{1,3}(\.\d{1,20})?(e-\d{1,3})?$/,
  text: /^[^\0]*$/su,
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
} as const;

/** What a list can be sorted by: a column or an expression that is never null. */
export interface SortField {
  readonly sql: string;
  readonly type: keyof typeof FORMS;
}

/** A list of rows: which columns, from which tables, in which orders. All of it is SQL that stands in the code. */
export interface ListDefinition<Field extends string> {
  /** Goes into its cursors, so that they are of no use to another list. */
  readonly name: string;
  readonly select: string;
  readonly from: string;
  /** The unique column that decides between equals, a uuid where nothing else is said. */
  readonly id: string;
  readonly idType?: 'uuid' | 'bigint' | 'text';
  readonly sorts: Readonly<Record<Field, SortField>>;
}

/** A field to sort by, with a minus before it for descending. */
export type Sort<Field extends string> = Field | `-${Field}`;

/** Which page of a list. */
export interface PageRequest<Field extends string> {
  sort: Sort<Field>;
  /** At most so many rows. */
  limit: number;
  /** The `next` of the page before. */
  cursor?: string | undefined;
}

/** A page of a list; `next` is null on the last one. */
export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

/** The text of a value that says all of it: a Date would lose microseconds, the session's settings would show. */
function asText({ sql, type }: SortField): string {
  return type === 'timestamptz'
    ? `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
    : `(${sql})::text`;
}

/**
 * A list that is read page by page: each page begins after the last row of the one before, by the sort field and then
 * the id, so that a page costs the same wherever it is and rows that come or go meanwhile move nothing.
 */
export class Listing<Field extends string> {
  constructor(private readonly definition: ListDefinition<Field>) {}

  /**
   * @param conditions which rows; a page's cursor belongs to them
   * @throws InvalidCursor
   */
  async page<Row extends object>(
    manager: EntityManager,
    conditions: Conditions,
    request: PageRequest<Field>,
  ): Promise<Page<Row>> {
    const scope = this.scopeOf(conditions);
    const { sql, parameters } = this.statement(conditions, request);
    const found = await manager.query<(Row & { keyset_value: string; keyset_id: string })[]>(sql, parameters);
    const last = found.length > request.limit ? found[request.limit - 1] : undefined;
    const next =
      last === undefined
        ? null
        : writeCursor({ value: last.keyset_value, id: last.keyset_id }, request.sort, scope);
    const rows = found
      .slice(0, request.limit)
      .map(({ keyset_value: _value, keyset_id: _id, ...row }) => row as unknown as Row);
    return { rows, next };
  }

  /** The statement of a page and of one row more, which tells whether another page follows. */
  statement(
    conditions: Conditions,
    { sort, limit, cursor }: PageRequest<Field>,
  ): { sql: string; parameters: unknown[] } {
    const { select, from, id, idType = 'uuid', sorts } = this.definition;
    const scope = this.scopeOf(conditions);
    const descending = sort.startsWith('-');
    const by = sorts[(descending ? sort.slice(1) : sort) as Field];
    if (cursor !== undefined)
      after(conditions, by, [id, idType], descending, readCursor(cursor, sort, scope));
    const direction = descending ? 'DESC' : 'ASC';
    const order = by.sql === id ? `${id} ${direction}` : `${by.sql} ${direction}, ${id} ${direction}`;
    const most = conditions.parameter(limit + 1);
    const sql = `SELECT ${select}, ${asText(by)} AS keyset_value, ${id} AS keyset_id
      FROM ${from} WHERE ${conditions.sql} ORDER BY ${order} LIMIT ${most}`;
    return { sql, parameters: conditions.parameters };
  }

  private scopeOf({ sql, parameters }: Conditions): string[] {
    return [this.definition.name, sql, JSON.stringify(parameters)];
  }
}

function after(
  conditions: Conditions,
  by: SortField,
  [id, idType]: [string, 'uuid' | 'bigint' | 'text'],
  descending: boolean,
  { value, id: lastId }: Position,
): void {
  const isDate = by.type !== 'timestamptz' || (!value.startsWith('0000') && !Number.isNaN(Date.parse(value)));
  if (!isDate || !FORMS[by.type].test(value) || !FORMS[idType].test(lastId)) {
    throw new InvalidCursor('is no cursor');
  }
  const compare = descending ? '<' : '>';
  const last = `${conditions.parameter(lastId)}::${idType}`;
  const clause =
    by.sql === id
      ? `${id} ${compare} ${last}`
      : `(${by.sql}, ${id}) ${compare} (${conditions.parameter(value)}::${by.type}, ${last})`;
  conditions.require(clause);
}
