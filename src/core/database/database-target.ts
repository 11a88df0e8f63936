import pg, { type ClientConfig, type PoolConfig } from 'pg';
import type { Config } from '../config/index.js';
import { acquireEmbeddedPostgres } from './embedded/index.js';

/** The group role that holds what the application may do; the owner role holds the schema. */
export const APPLICATION_ROLE = 'azt3knet_app';

/** The name that a worker's presence goes by: every role sees it in `pg_stat_activity`. */
export const WORKER_CONNECTION = 'azt3knet worker';

/** A database to work with, for as long as {@link DatabaseTarget.release} has not been called. */
export interface DatabaseTarget {
  kind: 'embedded' | 'external';
  /** Owns the schema and runs migrations. */
  owner: ConnectionTarget;
  /** Serves requests and jobs; may neither change the schema nor update or delete audit rows. */
  application: ConnectionTarget;
  release(): Promise<void>;
}

export interface ConnectionTarget {
  /** With the password of this moment; a connection that is made later asks again. */
  readonly url: string;
  /** The role that a session takes on connecting, where its user is another. */
  role?: string;
}

/**
 * Opens the database that the configuration names; starts or joins the embedded server when it names none.
 * @param log hears of trouble with it
 * @param tell hears that a new one was made, and where
 */
export async function openDatabase(
  config: Config,
  log?: (line: string) => void,
  tell = log,
): Promise<DatabaseTarget> {
  if (config.database === undefined) {
    const made = (dataDir: string): void => tell?.(`made a new laboratory in ${dataDir}`);
    const server = await acquireEmbeddedPostgres({ dataDir: config.dataDir, made, ...(log && { log }) });
    return {
      kind: 'embedded',
      owner: { url: server.ownerUrl },
      application: { url: server.applicationUrl },
      release: () => server.release(),
    };
  }
  const { database } = config;
  return {
    kind: 'external',
    owner: {
      get url() {
        return database.ownerUrl;
      },
    },
    application: {
      get url() {
        return database.url;
      },
      // One role for both: its sessions step down to the application role.
      ...(database.ownerUrl === database.url && { role: APPLICATION_ROLE }),
    },
    release: async () => {},
  };
}

/**
 * A URL without what this program says itself, and the `options` that it had. The driver would let those of the URL take the place of
 * ours: a session would keep the role of the owner, find no queue, or be no worker that others know.
 */
function ownOptions(text: string): { url: string; options: string[] } {
  const [base = '', query] = text.split(/\?(.*)/s);
  if (query === undefined) return { url: text, options: [] };
  const parameters = new URLSearchParams(query);
  const options = parameters.getAll('options').filter((each) => each.trim() !== '');
  for (const name of ['options', 'application_name']) parameters.delete(name);
  return { url: parameters.size === 0 ? base : `${base}?${parameters.toString()}`, options };
}

/** A pool makes its connections when it needs them, with the password that is right by then. */
function clientOf(target: ConnectionTarget): typeof pg.Client {
  return class extends pg.Client {
    constructor(options: ClientConfig) {
      super({ ...options, connectionString: ownOptions(target.url).url });
    }
  };
}

/** Options of a `pg` pool or client on a target. What the URL sets by `options` holds too, where ours do not say otherwise. */
export function poolConfig(target: ConnectionTarget, searchPath?: string): PoolConfig {
  const { url, options } = ownOptions(target.url);
  const settings = [
    ...options,
    ...(target.role === undefined ? [] : [`-c role=${target.role}`]),
    ...(searchPath === undefined ? [] : [`-c search_path=${searchPath}`]),
  ];
  return {
    connectionString: url,
    application_name: 'azt3knet',
    keepAlive: true,
    Client: clientOf(target),
    ...(settings.length > 0 && { options: settings.join(' ') }),
  };
}
