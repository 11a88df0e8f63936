/**
 * Writes a CSV file with a header as Parquet (zstd). The same file gives the same bytes. Throws the signal's reason when that aborts.
 * @param columns SQL types by name
 */
export async function csvToParquet(
  from: string,
  to: string,
  columns: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<void> {
  // A native library that only a run needs.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  // One thread and the order of insertion: the bytes must not depend on the machine.
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    const typed = Object.entries(columns).map(([name, type]) => `${quoted(name)}: ${quoted(type)}`);
    await connection.run(
      `COPY (SELECT * FROM read_csv(${quoted(from)}, header = true, columns = {${typed.join(', ')}}))
       TO ${quoted(to)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`,
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
