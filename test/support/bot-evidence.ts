import { readdirSync, readFileSync } from 'node:fs';
import type { TestApplication } from './application.js';
import { logsOf, processesOf, shownBot } from './bots.js';

/** One process as `/proc` has it: whose child it is, its group and session, when it began and what it runs. */
function toldProcess(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const began = Number(rest[15]) / 100;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return `${pid} ${state} parent ${parent} group ${group} session ${session} began ${began} s after boot: ${command}`;
  } catch {
    return `${pid} has ended`;
  }
}

/** Processes and those above each, a line each. */
export function ancestryOf(pids: readonly number[]): string {
  return pids.flatMap(ancestry).join('\n');
}

function ancestry(pid: number): string[] {
  const told: string[] = [];
  for (let each = pid; each > 1 && told.length < 8;) {
    told.push(`${'  '.repeat(told.length + 1)}${toldProcess(each)}`);
    const parent = / parent (\d+) /.exec(told.at(-1) ?? '')?.[1];
    each = Number(parent ?? 0);
  }
  return told;
}

/** The mark of a bot in each process that carries one, counted. */
function marks(): string {
  const counts = new Map<string, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each)))
    try {
      const mark = /AZT3KNET_BOT_ID=([^\0]*)/.exec(readFileSync(`/proc/${name}/environ`, 'utf8'))?.[1];
      if (mark !== undefined) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    } catch {
      // It ended meanwhile.
    }
  return [...counts].map(([id, count]) => `${id} × ${count}`).join(', ');
}

/**
 * What is known of a bot when something went wrong with it: how it is shown, its processes and whose children they
 * are, its instances, incidents and history, and the end of its logs.
 */
export async function evidenceOf(test: TestApplication, id: string): Promise<string> {
  const now = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  const read = async (url: string) => JSON.stringify((await test.call('GET', url)).body, null, 1);
  return [
    `${id} at ${new Date().toISOString()}, ${now} s after boot: ${JSON.stringify(await shownBot(test, id))}`,
    `processes under its mark:\n${ancestryOf(processesOf(id))}`,
    `marks on this machine: ${marks()}`,
    `instances: ${await read(`/api/v1/bots/${id}/instances`)}`,
    `incidents: ${await read(`/api/v1/incidents?limit=20&subject_id=${id}`)}`,
    `history: ${await read(`/api/v1/bots/${id}/history?limit=50`)}`,
    `logs:\n${(await logsOf(test, id)).slice(-8_000)}`,
  ].join('\n');
}
