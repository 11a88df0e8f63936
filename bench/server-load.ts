import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { PROJECT_ROOT } from '../src/core/project.js';

// Servers in processes of their own, loaded in turn. What counts is requests per second of the server's own processor time,
// which other programs on the machine do not change.

const SECONDS = 4;
const CONNECTIONS = 32;
const TICKS_PER_SECOND = 100;

export interface Server {
  name: string;
  url: string;
  process: ChildProcess;
}

export interface Measured {
  requests: number;
  cpuSeconds: number;
  p99: number;
}

/** Processor time of a process so far, in seconds. */
function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Starts a script of `dist` and waits until it prints its URL. */
export async function start(
  name: string,
  script: string,
  environment: Record<string, string>,
): Promise<Server> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', script), '--mode=api'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    const url = /http:\/\/[^\s]+?:\d+/.exec(printed)?.[0];
    if (url !== undefined) return { name, url, process: child };
  }
  throw new Error(`${name} did not start: ${printed}`);
}

/** Asks for a path for some seconds. @throws Error when an answer has another status than this */
export async function load(
  { url, process: child }: Server,
  path: string,
  token: string,
  status = 200,
): Promise<Measured> {
  const before = cpuSeconds(child);
  const result = await autocannon({
    url: `${url}${path}`,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { authorization: `Bearer ${token}` },
  });
  const requests = result.statusCodeStats?.[`${status}`]?.count ?? 0;
  const others = result['2xx'] + result.non2xx - requests;
  if (others > 0 || result.errors > 0) throw new Error(`${url}: ${others} other answers`);
  return { requests, cpuSeconds: cpuSeconds(child) - before, p99: result.latency.p99 };
}

/** Sum over the rounds; the best p99 of them, since other programs only ever make it worse. */
export function total(rounds: readonly Measured[]): { perCpuSecond: number; p99: number } {
  const requests = rounds.reduce((sum, each) => sum + each.requests, 0);
  const seconds = rounds.reduce((sum, each) => sum + each.cpuSeconds, 0);
  return { perCpuSecond: requests / seconds, p99: Math.min(...rounds.map((each) => each.p99)) };
}

/** Calls an API and reads its JSON. @throws Error when it does not succeed */
export async function call<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, {
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
