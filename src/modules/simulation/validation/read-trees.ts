import { readTable } from '../read-table.js';
import { SimulationError } from '../simulation.errors.js';
import type { CascadeSet } from './cascade-set.js';

/** The longest text of trees. */
export const MAX_TREES_CHARACTERS = 512_000;
/** Most cascades of a text. */
export const MAX_CASCADES = 10_000;

const COLUMNS = ['cascade', 'node', 'parent', 'minute'] as const;

/** What errors call the text. */
const SOURCE = 'trees';

interface Row {
  readonly cascade: string;
  readonly node: string;
  readonly parent: string;
  readonly minute: number;
  readonly user: string;
  readonly line: number;
}

/**
 * Reads cascades from CSV: cascade, node, parent (empty for the root), minute, and perhaps user. Rows come in any order.
 * @throws SimulationError `trees_invalid` with the line
 */
export function readTrees(text: string): CascadeSet {
  const rows = rowsOf(text);
  const places = new Map<string, number>();
  for (const row of rows) {
    if (places.has(keyOf(row, row.node)))
      throw wrong(row.line, `the node ${JSON.stringify(row.node)} is there already`);
    places.set(keyOf(row, row.node), places.size);
  }
  const order = rootsFirst(rows, places);
  const rank = new Int32Array(rows.length);
  for (const [at, place] of order.entries()) rank[place] = at;
  const users = new Map<string, number>();
  const numberOf = (user: string): number => {
    const known = users.get(user) ?? users.size;
    users.set(user, known);
    return known;
  };
  const inOrder = order.map((place) => rows[place] as Row);
  return {
    parents: Int32Array.from(inOrder, (row) =>
      row.parent === '' ? -1 : (rank[places.get(keyOf(row, row.parent)) as number] as number),
    ),
    minutes: Float64Array.from(inOrder, ({ minute }) => minute),
    users: Int32Array.from(inOrder, ({ user }) => numberOf(user)),
  };
}

function rowsOf(text: string): Row[] {
  if (text.length > MAX_TREES_CHARACTERS)
    throw wrong(1, `has ${text.length} characters; ${MAX_TREES_CHARACTERS} is the most`);
  const { names, rows: records } = readTable(text, wrong);
  const missing = COLUMNS.find((name) => !names.includes(name));
  if (missing !== undefined)
    throw wrong(
      1,
      `the first line names the columns cascade, node, parent, minute and perhaps user; ${missing} is missing`,
    );
  const rows: Row[] = [];
  for (const { line, fields } of records) {
    const field = (name: string): string => fields[names.indexOf(name)] ?? '';
    const minute = Number(field('minute'));
    if (field('minute') === '' || !Number.isFinite(minute)) throw wrong(line, 'minute is no number');
    if (field('cascade') === '' || field('node') === '') throw wrong(line, 'cascade and node are not empty');
    const user = field('user') === '' ? `${field('cascade')}\0${field('node')}` : field('user');
    rows.push({
      cascade: field('cascade'),
      node: field('node'),
      parent: field('parent'),
      minute,
      user,
      line,
    });
  }
  if (rows.length === 0) throw wrong(1, 'there is no cascade');
  return rows;
}

/** Places of rows so that each stands behind its parent. @throws SimulationError `trees_invalid` */
function rootsFirst(rows: readonly Row[], places: ReadonlyMap<string, number>): number[] {
  const children = new Map<number, number[]>();
  const order: number[] = [];
  const roots = new Map<string, number>();
  for (const [place, row] of rows.entries()) {
    if (row.parent === '') {
      if (roots.has(row.cascade))
        throw wrong(row.line, `the cascade ${JSON.stringify(row.cascade)} has a root already`);
      if (roots.size === MAX_CASCADES)
        throw wrong(row.line, `begins cascade ${MAX_CASCADES + 1}; ${MAX_CASCADES} cascades are the most`);
      roots.set(row.cascade, place);
      order.push(place);
      continue;
    }
    const parent = places.get(keyOf(row, row.parent));
    if (parent === undefined)
      throw wrong(row.line, `the parent ${JSON.stringify(row.parent)} is no node of the cascade`);
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [place]);
    else known.push(place);
  }
  for (let at = 0; at < order.length; at += 1) order.push(...(children.get(order[at] as number) ?? []));
  if (order.length < rows.length) {
    const reached = new Set(order);
    const lost = rows.find((_, place) => !reached.has(place)) as Row;
    throw wrong(lost.line, `the node ${JSON.stringify(lost.node)} leads to no root`);
  }
  return order;
}

function keyOf({ cascade }: Row, node: string): string {
  return `${cascade}\0${node}`;
}

function wrong(line: number, problem: string): SimulationError {
  const message = `${SOURCE}:${line}: ${problem}`;
  return new SimulationError('invalid', 'trees_invalid', message, [
    { field: SOURCE, message: problem, line },
  ]);
}
