import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, realpathSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Config } from '../../../core/config/index.js';
import { BotFolder, botFolders } from './bot-folder.js';
import { BotLogFiles } from './bot-log-files.js';
import { BotUsers } from './bot-users.js';
import { botsRoot, isPassing, makeRoot, reachableProgram } from './bots-root.js';
import { ControlGroups } from './cgroups.js';
import { ChildProcesses } from './child-processes.js';
import { confined, programOf } from './confinement.js';
import {
  Executor,
  LaunchRefused,
  slotName,
  type BotSocket,
  type Launch,
  type PrintedLine,
  type Running,
  type Sight,
  type Slot,
  type Started,
} from './executor.js';
import { factOf, familyOf, ownerOf, processTable, variableOf, type ProcessFact } from './process-table.js';

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

/** Runs bots as processes of this machine, each in a session of its own, as far apart from the rest as the machine allows. */
export class ProcessExecutor extends Executor {
  readonly host: string;
  readonly endsWithServer: boolean;
  private readonly root: string;
  private readonly groups: ControlGroups;
  private readonly users: BotUsers;
  private readonly isRoot = process.getuid?.() === 0;
  private readonly children = new ChildProcesses();
  private readonly logs = new Map<string, BotLogFiles>();

  constructor(config: Config) {
    super();
    this.root = botsRoot(config, this.isRoot);
    this.endsWithServer = config.bots.stopWithServer;
    this.host = `${hostname()}:${this.root}`;
    const name = createHash('sha256').update(this.host).digest('hex').slice(0, 10);
    this.users = new BotUsers(Number.parseInt(name.slice(0, 6), 16));
    this.groups = new ControlGroups(`azt3knet-bots-${name}`);
  }

  async start(launch: Launch): Promise<Started> {
    if (process.platform !== 'linux')
      throw new LaunchRefused('ExecutorUnavailable', 'bots run on Linux; this machine is another');
    const { manifest } = launch.blueprint;
    const interpreter = this.interpreterOf(manifest.runtime, manifest.resources.memory_mb);
    makeRoot(this.root, this.isRoot);
    const uid = this.isRoot ? this.users.take() : null;
    try {
      return await this.launch(launch, interpreter, uid);
    } catch (error) {
      this.users.giveBack(uid);
      throw error;
    }
  }

  private async launch(
    { botId, ordinal, instance, blueprint, configuration, token }: Launch,
    interpreter: readonly string[],
    uid: number | null,
  ): Promise<Started> {
    const { manifest } = blueprint;
    const slot: Slot = { botId, ordinal };
    const folder = this.folderOf(slot);
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
    const group = this.groups.add(slotName(slot), pid, manifest.resources);
    const started = factOf(pid)?.started ?? '';
    const handle: Handle = { pid, started, uid };
    const running = { ...slot, instance, handle };
    return { running, place: `pid ${pid}`, conditions: [...conditions, group] };
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
      const alive = isThere || this.children.lives(instance);
      const all = isThere ? (bySession.get(pid) ?? [leader]) : [];
      const exit = alive ? undefined : this.children.exitOf(instance);
      const sum = (field: 'cpuSeconds' | 'memoryMb'): number =>
        all.reduce((total, fact) => total + fact[field], 0);
      return { alive, exit, cpuSeconds: sum('cpuSeconds'), memoryMb: sum('memoryMb') };
    };
  }

  async find({ botId, ordinal }: Slot, instance: string): Promise<Running | undefined> {
    const own = processTable().filter(({ pid }) => variableOf(pid, INSTANCE) === instance);
    const leader = own.find(({ pid, session }) => pid === session);
    if (leader === undefined) return undefined;
    const uid = this.users.keep(ownerOf(leader.pid));
    const handle: Handle = { pid: leader.pid, started: leader.started, uid };
    return { botId, ordinal, instance, handle };
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
    const { instance, handle } = running;
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
      this.groups.remove(slotName(running));
      this.groups.close();
      this.children.forget(instance);
      this.users.giveBack(uid);
    }
    return left.length;
  }

  printed(slot: Slot): { lines: PrintedLine[]; dropped: number } {
    return this.logsOf(slot).read();
  }

  async renewToken(running: Running, token: string): Promise<void> {
    this.folderOf(running).writeToken(token, (running.handle as Handle).uid);
  }

  tokenOf(slot: Slot): string | undefined {
    return this.folderOf(slot).readToken();
  }

  socketOf(running: Running): BotSocket {
    return { path: this.folderOf(running).socket, uid: (running.handle as Handle).uid };
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

  async forget(slot: Slot): Promise<void> {
    this.groups.remove(slotName(slot));
    this.groups.close();
    this.logs.delete(slotName(slot));
    this.folderOf(slot).remove();
  }

  async leave(): Promise<void> {
    if (isPassing(this.root)) rmSync(this.root, { recursive: true, force: true });
  }

  async remembered(): Promise<Slot[]> {
    return botFolders(this.root);
  }

  /** The processes that belong to an instance: of its session, of its user, of its control group, and what carries its mark. */
  private membersOf(table: readonly ProcessFact[], running: Running): ProcessFact[] {
    const { instance, handle } = running;
    const { pid, started, uid } = handle as Handle;
    const grouped = new Set(this.groups.members(slotName(running)));
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

  private folderOf({ botId, ordinal }: Slot): BotFolder {
    return new BotFolder(this.root, { botId, ordinal });
  }

  private logsOf(slot: Slot): BotLogFiles {
    const name = slotName(slot);
    const logs = this.logs.get(name) ?? new BotLogFiles(this.folderOf(slot).logs);
    this.logs.set(name, logs);
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
      AZT3KNET_BOT_ID: folder.slot.botId,
      AZT3KNET_BOT_ORDINAL: String(folder.slot.ordinal),
      [INSTANCE]: instance,
      [HOST]: this.host,
      AZT3KNET_BOT_SOCKET: folder.socket,
      AZT3KNET_BOT_TOKEN_FILE: folder.token,
      AZT3KNET_BOT_CONFIGURATION_FILE: `${folder.program}/configuration.json`,
    };
  }

  private async spawn(
    { slot, work }: BotFolder,
    [program = '', ...args]: readonly string[],
    env: Record<string, string>,
    instance: string,
  ): Promise<number> {
    const logs = this.logsOf(slot);
    // Opened at their ends: they are begun anew while the bot writes.
    const files = (['stdout', 'stderr'] as const).map((stream) => openSync(logs.fileOf(stream), 'a', 0o600));
    try {
      const child = spawn(program, args, {
        cwd: work,
        env,
        detached: true,
        stdio: ['ignore', ...files],
      });
      this.children.follow(instance, child);
      await once(child, 'spawn');
      return child.pid as number;
    } catch (error) {
      throw new LaunchRefused('SpawnFailed', `${program} could not be started: ${(error as Error).message}`);
    } finally {
      for (const file of files) closeSync(file);
    }
  }
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
