import { createHash } from 'node:crypto';

/**
 * Names a database, and with it the installation: the same for all of its processes, and for no other, copies of it in another cluster
 * included.
 * @param ask runs a statement in the database, which may refuse it
 * @returns 12 hexadecimal digits
 */
export async function installationOf(
  ask: (statement: string) => Promise<readonly { name: string }[]>,
): Promise<string> {
  const named = (cluster: string) =>
    ask(
      `SELECT ${cluster} || '/' || oid || '/' || datname AS name FROM pg_database WHERE datname = current_database()`,
    );
  // Some keepers of databases do not let their users ask for the cluster.
  const [row] = await named('(SELECT system_identifier FROM pg_control_system())').catch((error: unknown) => {
    if ((error as { code?: string }).code !== '42501') throw error;
    return named(`''`);
  });
  return createHash('sha256')
    .update(row?.name ?? '')
    .digest('hex')
    .slice(0, 12);
}
