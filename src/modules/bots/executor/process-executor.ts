import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, realpathSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Config } from '../../../core/config/index.js';
import { BotFolder, botFolders } from './bot-folder.js';
import { BotLogFiles } from './bot-log-files.js';
import { botsRoot, isPassing, makeRoot, reachableProgram } from './bots-root.js';
import { ControlGroups } from './cgroups.js';
import { confined, programOf } from './confinement.js';
import {
  Executor,
  LaunchRefused,
  type BotSocket,
  type Launch,
  type PrintedLine,
  type Running,
  type Sight,
  type Started,
} from './executor.js';
import { factOf, familyOf, ownerOf, processTable, variableOf, type ProcessFact } from './process-table.js';

/** Users that no account has and that systemd gives to nobody, below 65,536, which is all that many containers know. */
const FIRST_UID = 60_578;
const UIDS = 606;
const INSTANCE = 'AZT3KNET_BOT_INSTANCE';
const HOST = 'AZT3KNET_BOT_HOST';
/** What a process is found by again. */
interface Handle {
  pid: number;
  /** When it started, as a token to compare: process ids are given out again. */
  started: string;
  /** Whom it runs as, where that is a user of its own. */
  uid: number | null;
}

/** Exits that are remembered until somebody looks. */
const REMEMBERED = 10_000;

/** Runs bots as processes of this machine, each in a session of its own, as far apart from the rest as the machine allows. */
export class ProcessExecutor extends Executor {
  readonly host: string;
  readonly endsWithServer: boolean;
  private readonly root: string;
  private readonly groups: ControlGroups;
  private readonly firstUid: number;
  private readonly isRoot = process.getuid?.() === 0;
  /** Children of this process that have not ended, by instance. */
  private readonly children = new Set<string>();
  /** How children of this process ended, by instance; those of a process before are not told of. */
  private readonly exits = new Map<string, { code: number | null; signal: string | null }>();
  private readonly logs = new Map<string, BotLogFiles>();
  private readonly uids = new Set<number>();

  constructor(config: Config) {
    super();
    this.root = botsRoot(config, this.isRoot);
    this.endsWithServer = config.bots.stopWithServer;
    this.host = `${hostname()}:${this.root}`;
    const name = createHash('sha256').update(this.host).digest('hex').slice(0, 10);
    // Two servers of a machine do not begin with the same: a user shows only once its process has become it.
    this.firstUid = Number.parseInt(name.slice(0, 6), 16) % UIDS;
    this.groups = new ControlGroups(`azt3knet-bots-${name}`);
  }

  async start(launch: Launch): Promise<Started> {
    if (process.platform !== 'linux')
      throw new LaunchRefused('ExecutorUnavailable', 'bots run on Linux; this machine is another');
    const { manifest } = launch.blueprint;
    const interpreter = this.interpreterOf(manifest.runtime, manifest.resources.memory_mb);
    makeRoot(this.root, this.isRoot);
    const uid = this.isRoot ? this.freeUid() : null;
    try {
      return await this.launch(launch, interpreter, uid);
    } catch (error) {
      if (uid !== null) this.uids.delete(uid);
      throw error;
    }
  }

  private async launch(
    { botId, instance, blueprint, configuration, token }: Launch,
    interpreter: readonly string[],
    uid: number | null,
  ): Promise<Started> {
    const { manifest } = blueprint;
    const folder = this.folderOf(botId);
    folder.make(uid);
    const entry = folder.install(blueprint, configuration, uid);
    folder.writeToken(token, uid);
    const { command, conditions } = confined([...interpreter, entry, ...manifest.arguments], manifest, uid);
    const pid = await this.spawn(
      folder,
      command,
      {
        ...this.environment(folder, instance),
        AZT3KNET_BOT_HEARTBEAT_SECONDS: String(manifest.health.heartbeat_seconds),
      },
      instance,
    );
    const group = this.groups.add(botId, pid, manifest.resources);
    const started = factOf(pid)?.started ?? '';
    const handle: Handle = { pid, started, uid };
    return { running: { botId, instance, handle }, conditions: [...conditions, group] };
  }

  async look(): Promise<(running: Running) => Sight> {
    const table = processTable();
    const byPid = new Map(table.map((fact) => [fact.pid, fact]));
    const bySession = new Map<number, ProcessFact[]>();
    for (const fact of table) {
      const session = bySession.get(fact.session);
      if (session === undefined) bySession.set(fact.session, [fact]);
      else session.push(fact);
    }
    return ({ instance, handle }) => {
      const { pid, started } = handle as Handle;
      const leader = byPid.get(pid);
      const isThere = leader !== undefined && leader.started === started;
      // One that has just ended is not seen to, before it is known how.
      const alive = isThere || this.children.has(instance);
      const all = isThere ? (bySession.get(pid) ?? [leader]) : [];
      const exit = alive ? undefined : this.exits.get(instance);
      const sum = (field: 'cpuSeconds' | 'memoryMb'): number =>
        all.reduce((total, fact) => total + fact[field], 0);
      return { alive, exit, cpuSeconds: sum('cpuSeconds'), memoryMb: sum('memoryMb') };
    };
  }

  async find(botId: string, instance: string): Promise<Running | undefined> {
    const own = processTable().filter(({ pid }) => variableOf(pid, INSTANCE) === instance);
    const leader = own.find(({ pid, session }) => pid === session);
    if (leader === undefined) return undefined;
    const owner = ownerOf(leader.pid) ?? null;
    const uid = owner !== null && isGiven(owner) ? owner : null;
    if (uid !== null) this.uids.add(uid);
    const handle: Handle = { pid: leader.pid, started: leader.started, uid };
    return { botId, instance, handle };
  }

  async ask(running: Running): Promise<void> {
    const { pid, started } = running.handle as Handle;
    const table = processTable();
    if (table.some((fact) => fact.pid === pid && fact.started === started)) {
      send(-pid, 'SIGTERM');
      return;
    }
    for (const fact of this.membersOf(table, running)) send(fact.pid, 'SIGTERM');
  }

  async kill(running: Running): Promise<number> {
    const { botId, instance, handle } = running;
    const { pid, uid } = handle as Handle;
    let left = this.membersOf(processTable(), running);
    // What starts others while it is killed is stopped first, and looked for again.
    for (let round = 0; round < 5 && left.length > 0; round += 1) {
      if (left.some((fact) => fact.group === pid)) send(-pid, 'SIGKILL');
      for (const fact of left) send(fact.pid, 'SIGSTOP');
      for (const fact of left) send(fact.pid, 'SIGKILL');
      left = this.membersOf(processTable(), running);
    }
    if (left.length === 0) {
      this.groups.remove(botId);
      this.groups.close();
      this.exits.delete(instance);
      if (uid !== null) this.uids.delete(uid);
    }
    return left.length;
  }

  printed(botId: string): { lines: PrintedLine[]; dropped: number } {
    return this.logsOf(botId).read();
  }

  async renewToken({ botId, handle }: Running, token: string): Promise<void> {
    this.folderOf(botId).writeToken(token, (handle as Handle).uid);
  }

  tokenOf(botId: string): string | undefined {
    return this.folderOf(botId).readToken();
  }

  socketOf({ botId, handle }: Running): BotSocket {
    return { path: this.folderOf(botId).socket, uid: (handle as Handle).uid };
  }

  async sweep(known: readonly Running[]): Promise<number> {
    const instances = new Set(known.map(({ instance }) => instance));
    let found = 0;
    for (const { pid } of processTable()) {
      if (variableOf(pid, HOST) !== this.host) continue;
      const instance = variableOf(pid, INSTANCE);
      if (instance !== undefined && instances.has(instance)) continue;
      send(pid, 'SIGKILL');
      found += 1;
    }
    return found;
  }

  async forget(botId: string): Promise<void> {
    this.groups.remove(botId);
    this.groups.close();
    this.logs.delete(botId);
    this.folderOf(botId).remove();
  }

  async leave(): Promise<void> {
    if (isPassing(this.root)) rmSync(this.root, { recursive: true, force: true });
  }

  async remembered(): Promise<string[]> {
    return botFolders(this.root);
  }

  /** The processes that belong to a bot: of its session, of its user, of its control group, and what carries its mark. */
  private membersOf(table: readonly ProcessFact[], running: Running): ProcessFact[] {
    const { botId, instance, handle } = running;
    const { pid, started, uid } = handle as Handle;
    const grouped = new Set(this.groups.members(botId));
    const leader = table.find((fact) => fact.pid === pid);
    // A leader of that id that is another process has a session of its own.
    const family = leader === undefined || leader.started === started ? familyOf(table, pid) : [];
    const related = new Set(family.map((fact) => fact.pid));
    return table.filter(
      (fact) =>
        related.has(fact.pid) ||
        grouped.has(fact.pid) ||
        (uid !== null && ownerOf(fact.pid) === uid) ||
        variableOf(fact.pid, INSTANCE) === instance,
    );
  }

  private folderOf(botId: string): BotFolder {
    return new BotFolder(this.root, botId);
  }

  private logsOf(botId: string): BotLogFiles {
    const logs = this.logs.get(botId) ?? new BotLogFiles(this.folderOf(botId).logs);
    this.logs.set(botId, logs);
    return logs;
  }

  private interpreterOf(runtime: 'node' | 'python', memoryMb: number): string[] {
    if (runtime === 'node') {
      const node = realpathSync(process.execPath);
      const program = this.isRoot ? reachableProgram(node, this.root) : node;
      return [program, `--max-old-space-size=${Math.max(16, Math.floor(memoryMb * 0.75))}`];
    }
    const python = programOf('python3', this.isRoot);
    if (python === undefined)
      throw new LaunchRefused('InterpreterMissing', 'there is no python3 on this machine that bots can run');
    return [python];
  }

  /** All that a bot finds in its environment. */
  private environment(folder: BotFolder, instance: string): Record<string, string> {
    return {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: folder.work,
      TMPDIR: folder.work,
      LANG: 'C.UTF-8',
      PYTHONPATH: folder.program,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      AZT3KNET_BOT_ID: folder.botId,
      [INSTANCE]: instance,
      [HOST]: this.host,
      AZT3KNET_BOT_SOCKET: folder.socket,
      AZT3KNET_BOT_TOKEN_FILE: folder.token,
      AZT3KNET_BOT_CONFIGURATION_FILE: `${folder.program}/configuration.json`,
    };
  }

  private async spawn(
    { botId, work }: BotFolder,
    [program = '', ...args]: readonly string[],
    env: Record<string, string>,
    instance: string,
  ): Promise<number> {
    const logs = this.logsOf(botId);
    // Opened at their ends: they are begun anew while the bot writes.
    const files = (['stdout', 'stderr'] as const).map((stream) => openSync(logs.fileOf(stream), 'a', 0o600));
    try {
      const child = spawn(program, args, {
        cwd: work,
        env,
        detached: true,
        stdio: ['ignore', ...files],
      });
      child.once('spawn', () => this.children.add(instance));
      child.once('exit', (code, signal) => this.remember(instance, code, signal));
      child.unref();
      await once(child, 'spawn');
      return child.pid as number;
    } catch (error) {
      throw new LaunchRefused('SpawnFailed', `${program} could not be started: ${(error as Error).message}`);
    } finally {
      for (const file of files) closeSync(file);
    }
  }

  private remember(instance: string, code: number | null, signal: string | null): void {
    this.children.delete(instance);
    this.exits.set(instance, { code, signal });
    for (const oldest of this.exits.keys()) {
      if (this.exits.size <= REMEMBERED) break;
      this.exits.delete(oldest);
    }
  }

  private freeUid(): number {
    const used = new Set(processTable().map(({ pid }) => ownerOf(pid)));
    for (let next = 0; next < UIDS; next += 1) {
      const uid = FIRST_UID + ((this.firstUid + next) % UIDS);
      if (this.uids.has(uid) || used.has(uid)) continue;
      this.uids.add(uid);
      return uid;
    }
    throw new LaunchRefused('NoUserLeft', `all ${UIDS} users for bots are taken`);
  }
}

function isGiven(uid: number): boolean {
  return uid >= FIRST_UID && uid < FIRST_UID + UIDS;
}

/** Signals a process or a group; one that is gone meanwhile is no error. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
