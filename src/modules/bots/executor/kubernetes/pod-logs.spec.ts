import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import type { Cluster } from './cluster.js';
import { CONTAINER, LABELS } from './objects.js';
import { PodLogs } from './pod-logs.js';

/** What a pod has printed, with its times, as the server answers for it. */
function serverOf(lines: readonly { at: string; text: string }[]) {
  const asked: Record<string, unknown>[] = [];
  const read = (_path: string, query: Record<string, unknown>): Promise<Response> => {
    asked.push(query);
    const since = typeof query['sinceTime'] === 'string' ? query['sinceTime'] : '';
    const tail = typeof query['tailLines'] === 'number' ? query['tailLines'] : lines.length;
    const text = lines
      .filter(({ at }) => at >= since.slice(0, 19))
      .slice(-tail)
      .map(({ at, text: line }) => `${at} ${line}\n`)
      .join('');
    return Promise.resolve(new Response(text.slice(0, Number(query['limitBytes']))));
  };
  return { cluster: { read } as unknown as Cluster, asked };
}

function pod(over: boolean): V1Pod {
  const state = over ? { terminated: { exitCode: 0 } } : { running: {} };
  return {
    metadata: { name: 'pod', labels: { [LABELS.instance]: 'one', [LABELS.bot]: 'echo' } },
    status: {
      phase: over ? 'Succeeded' : 'Running',
      containerStatuses: [{ name: CONTAINER, state, image: '', imageID: '', ready: true, restartCount: 0 }],
    },
  };
}

describe('the log of a pod', () => {
  it('goes on behind a line that is longer than what is read at once', async () => {
    const lines = [
      { at: '2026-01-15T10:30:00.1Z', text: 'before' },
      { at: '2026-01-15T10:30:01.5Z', text: 'x'.repeat(200_000) },
    ];
    const { cluster } = serverOf(lines);
    const logs = new PodLogs(cluster, 'bots');
    await logs.refresh([pod(false)], () => undefined);
    const first = logs.take({ botId: 'echo', ordinal: 0 });
    expect(first.lines.map(({ message }) => message.slice(0, 6))).toEqual(['before']);
    // The line itself, cut.
    await new PodLogs(cluster, 'bots').refresh([pod(false)], () => undefined);
    const later = new PodLogs(cluster, 'bots');
    await later.refresh([pod(true)], () => '2026-01-15T10:30:00.1Z');
    const cut = later.take({ botId: 'echo', ordinal: 0 });
    expect(cut.lines).toHaveLength(1);
    expect(cut.lines[0]?.message).toBe('x'.repeat(4_000));
    expect(cut.dropped).toBeGreaterThan(0);
    expect(later.positions.get('one')).toBe('2026-01-15T10:30:01.5Z');
    // And what comes after it.
    lines.push({ at: '2026-01-15T10:30:02.5Z', text: 'after' });
    const last = new PodLogs(cluster, 'bots');
    await last.refresh([pod(true)], () => '2026-01-15T10:30:01.5Z');
    expect(last.take({ botId: 'echo', ordinal: 0 }).lines.map(({ message }) => message)).toEqual(['after']);
  });
});
