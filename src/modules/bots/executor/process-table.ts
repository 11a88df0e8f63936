import { readdirSync, readFileSync, statSync } from 'node:fs';

/** Ticks of a second in /proc: the same on every Linux that Node.js runs on. */
const TICKS = 100;
const PAGE_MB = 4_096 / 2 ** 20;

/** A live process, as /proc shows it. */
export interface ProcessFact {
  pid: number;
  parent: number;
  group: number;
  session: number;
  /** When it started, as a token to compare. */
  started: string;
  cpuSeconds: number;
  memoryMb: number;
}

let bootId: string | undefined;

function boot(): string {
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return bootId;
}

/** The live process of this id; undefined when there is none, or it is a zombie. */
export function factOf(pid: number): ProcessFact | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The command in parentheses may hold blanks; fields count from the state after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = 'X', parent, group, session] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    started: `${boot()}/${fields[19]}`,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
    memoryMb: Number(fields[21]) * PAGE_MB,
  };
}

/** All live processes of this machine that can be seen. */
export function processTable(): ProcessFact[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => factOf(Number(name)) ?? []);
}

/** Whom a process runs as; undefined when it is gone. */
export function ownerOf(pid: number): number | undefined {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
}

/** A variable of the environment that a process was started with; undefined when it is not there, or not to be seen. */
export function variableOf(pid: number, name: string): string | undefined {
  try {
    const found = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .find((each) => each.startsWith(`${name}=`));
    return found?.slice(name.length + 1);
  } catch {
    return undefined;
  }
}

/** The processes of one of these sessions or groups, and what those have started. */
export function familyOf(table: readonly ProcessFact[], leader: number): ProcessFact[] {
  const ids = new Set([leader]);
  const family = new Set<ProcessFact>();
  for (let size = -1; size < family.size;) {
    size = family.size;
    for (const fact of table) {
      const { pid, parent, group, session } = fact;
      if (!ids.has(pid) && !ids.has(parent) && group !== leader && session !== leader) continue;
      ids.add(pid);
      family.add(fact);
    }
  }
  return [...family];
}
