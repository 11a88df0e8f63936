import type pg from 'pg';
import { APPLICATION_ROLE } from '../database-target.js';

/** What a connection of the driver can do that this needs. */
export type Connection = Pick<pg.ClientBase, 'query'>;

/** A table of the product, but for the list of migrations. */
export interface Table {
  name: string;
  /** Those that are stored, in their order. */
  columns: string[];
  /** The primary key, as an ORDER BY that does not depend on the database's language. */
  order: string;
}

/** A constraint that can be taken off and put back. */
export interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

/** Text of COPY is the same on every server that has these. */
export const COPY_SETTINGS = `SET LOCAL client_encoding = 'UTF8'; SET LOCAL datestyle = 'ISO, MDY';
  SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1;
  SET LOCAL bytea_output = 'hex'; SET LOCAL search_path = public; SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0`;

/** Tables of the schema public that no extension brought. What is in unlogged ones is not meant to last. */
const TABLES = `SELECT c.oid, c.relname AS name FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
    AND c.relname <> 'migrations'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`;

/** Every migration grants the application role what it needs of its tables: a table that it may not read is another's. */
const OURS = `COALESCE((SELECT has_table_privilege(r.oid, t.oid, 'SELECT') FROM pg_roles r
  WHERE r.rolname = '${APPLICATION_ROLE}'), false)`;

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The product's tables by name. */
export async function listTables(connection: Connection): Promise<Table[]> {
  const { rows } = await connection.query<Table>(
    `SELECT t.name,
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT string_agg(quote_ident(a.attname) || CASE WHEN a.attcollation = 0 THEN '' ELSE ' COLLATE "C"' END,
          ', ' ORDER BY k.place)
        FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place), pg_attribute a
        WHERE i.indrelid = t.oid AND i.indisprimary AND a.attrelid = t.oid AND a.attnum = k.attnum) AS "order"
     FROM (${TABLES}) t WHERE ${OURS} ORDER BY t.name COLLATE "C"`,
  );
  return rows;
}

/** Names of tables that are not the product's. */
export async function listForeignTables(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT t.name FROM (${TABLES}) t WHERE NOT ${OURS} ORDER BY t.name COLLATE "C"`,
  );
  return rows.map(({ name }) => name);
}

/** Names of the applied migrations, oldest first; none without the table of them. */
export async function appliedMigrations(connection: Connection): Promise<string[]> {
  const found = await connection.query(`SELECT 1 WHERE to_regclass('public.migrations') IS NOT NULL`);
  if (found.rows.length === 0) return [];
  const { rows } = await connection.query<{ name: string }>(
    'SELECT name FROM public.migrations ORDER BY timestamp, id',
  );
  return rows.map(({ name }) => name);
}

/** The objects of the storage that rows name, by key; none in a schema that is older than the storage. */
export async function listBlobs(connection: Connection): Promise<{ key: string; sha256: string | null }[]> {
  const found = await connection.query(`SELECT 1 WHERE to_regclass('public.stored_blobs') IS NOT NULL`);
  if (found.rows.length === 0) return [];
  const { rows } = await connection.query<{ key: string; sha256: string | null }>(
    'SELECT key, sha256 FROM public.stored_blobs ORDER BY key COLLATE "C"',
  );
  return rows;
}

/** What the sequences of the product's tables give next. */
export async function listSequences(connection: Connection): Promise<{ name: string; next: string }[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT s.relname AS name FROM pg_class s
     JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
     JOIN (${TABLES}) t ON t.oid = d.refobjid
     WHERE s.relkind = 'S' AND ${OURS} ORDER BY s.relname COLLATE "C"`,
  );
  const sequences: { name: string; next: string }[] = [];
  for (const { name } of rows) {
    const state = await connection.query<{ next: string }>(
      `SELECT (last_value + CASE WHEN is_called THEN seqincrement ELSE 0 END)::text AS next
       FROM public.${quoted(name)}, pg_sequence WHERE seqrelid = 'public.${quoted(name)}'::regclass`,
    );
    sequences.push({ name, next: state.rows[0]?.next ?? '1' });
  }
  return sequences;
}

/** The foreign keys of tables. */
export async function listForeignKeys(
  connection: Connection,
  tables: readonly string[],
): Promise<ForeignKey[]> {
  const { rows } = await connection.query<ForeignKey>(
    `SELECT c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1)
     ORDER BY 1, 2`,
    [tables],
  );
  return rows;
}

/** The statement that writes a table out. */
export function copyOut({ name, columns, order }: Pick<Table, 'name' | 'columns' | 'order'>): string {
  return `COPY (SELECT ${columns.map(quoted).join(', ')} FROM public.${quoted(name)} ORDER BY ${order}) TO STDOUT`;
}

/** The statement that reads a table in. */
export function copyIn({ name, columns }: Pick<Table, 'name' | 'columns'>): string {
  return `COPY public.${quoted(name)} (${columns.map(quoted).join(', ')}) FROM STDIN`;
}
