import type { V1Pod } from '@kubernetes/client-node';
import { slotName, type PrintedLine, type Slot } from '../executor.js';
import { storable } from '../storable.js';
import type { Cluster } from './cluster.js';
import { CONTAINER, LABELS, slotOf } from './objects.js';
import { isOver } from './pod-sight.js';

/** Between two looks at the log of a pod, in milliseconds. */
const EVERY_MS = 3_000;
/** Read at most at once; what is more is left out, its end is not. */
const READ_MAX = 65_536;
const LAST_LINES = 100;
const LINE_MAX = 4_000;
/** Pods that are asked at once. */
const AT_ONCE = 16;

interface Place {
  /** The time of the line that was read last, as the log tells it. */
  last: string;
  at: number;
  done: boolean;
}

/** What is read of a log: text and its time. */
interface Stamped {
  at: string;
  message: string;
}

/** What was read of a log. */
interface Read {
  all: Stamped[];
  bytes: number;
  /** A new line of which only the beginning was read. */
  cut: Stamped | undefined;
}

/** Reads what pods print, each now and then, and once more when it is over. */
export class PodLogs {
  private readonly places = new Map<string, Place>();
  private readonly printed = new Map<string, { lines: PrintedLine[]; dropped: number }>();

  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
  ) {}

  /** @param read up to where the log of an instance was read before this process looked at it */
  async refresh(pods: readonly V1Pod[], read: (instance: string) => string | undefined): Promise<void> {
    const now = performance.now();
    const due = pods.filter((pod) => {
      const instance = instanceOf(pod);
      const place = this.places.get(instance) ?? { last: read(instance) ?? '', at: -Infinity, done: false };
      this.places.set(instance, place);
      if (place.done || !hasBegun(pod)) return false;
      return isOver(pod) || now - place.at >= EVERY_MS;
    });
    const next = due.values();
    const work = async (): Promise<void> => {
      for (const pod of next) await this.readOf(pod);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, work));
  }

  /** What was printed in a slot since it was taken last. */
  take(slot: Slot): { lines: PrintedLine[]; dropped: number } {
    const name = slotName(slot);
    const printed = this.printed.get(name) ?? { lines: [], dropped: 0 };
    this.printed.delete(name);
    return printed;
  }

  /** Up to where the logs of instances are read. */
  get positions(): ReadonlyMap<string, string> {
    return new Map([...this.places].map(([instance, { last }]) => [instance, last]));
  }

  /** Forgets all instances but these. */
  keep(instances: ReadonlySet<string>): void {
    for (const instance of this.places.keys()) if (!instances.has(instance)) this.places.delete(instance);
  }

  /** A pod that does not answer is asked again. */
  private async readOf(pod: V1Pod): Promise<void> {
    const place = this.places.get(instanceOf(pod)) as Place;
    place.at = performance.now();
    try {
      let lines = newer(await this.ask(pod, place, {}), place.last);
      let dropped = 0;
      if (lines.bytes >= READ_MAX) {
        // Too far behind: on with the newest.
        dropped = lines.bytes;
        lines = newer(await this.ask(pod, place, { tailLines: LAST_LINES }), place.last);
        if (lines.all.length === 0) lines = await this.behindLong(pod, place, lines);
      }
      place.last = lines.all.at(-1)?.at ?? place.last;
      place.done = isOver(pod);
      this.add(slotName(slotOf(pod)), lines.all, dropped);
    } catch {
      // It may have gone meanwhile.
    }
  }

  /**
   * A line that is longer than what is read at once stands before all others: its beginning stands for it, once, and it goes on with the
   * next second.
   */
  private async behindLong(pod: V1Pod, place: Place, { cut, bytes }: Read): Promise<Read> {
    if (cut !== undefined) return { all: [cut], bytes, cut: undefined };
    const next = new Date(Date.parse(`${place.last.slice(0, 19)}Z`) + 1_000).toISOString();
    return newer(await this.ask(pod, { ...place, last: next }, {}), place.last);
  }

  private async ask(
    { metadata }: V1Pod,
    { last }: Place,
    more: Readonly<Record<string, number>>,
  ): Promise<string> {
    const path = `/api/v1/namespaces/${this.namespace}/pods/${metadata?.name}/log`;
    const query = { container: CONTAINER, timestamps: true, limitBytes: READ_MAX, ...more };
    const since = last === '' ? {} : { sinceTime: `${last.slice(0, 19)}Z` };
    const answer = await this.cluster.read(path, { ...query, ...since });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(text);
    return text;
  }

  private add(name: string, lines: readonly Stamped[], dropped: number): void {
    const printed = this.printed.get(name) ?? { lines: [], dropped: 0 };
    // The log does not tell what went to which stream.
    printed.lines.push(...lines.map(({ message }) => ({ stream: 'stdout' as const, message })));
    printed.dropped += dropped;
    this.printed.set(name, printed);
  }
}

function instanceOf({ metadata }: V1Pod): string {
  return metadata?.labels?.[LABELS.instance] ?? '';
}

function hasBegun({ status }: V1Pod): boolean {
  const { running, terminated } = status?.containerStatuses?.[0]?.state ?? {};
  return running !== undefined || terminated !== undefined;
}

/** Whole lines after the one that was read last: the server counts in seconds. */
function newer(text: string, last: string): Read {
  const bytes = Buffer.byteLength(text);
  const end = text.endsWith('\n') || bytes < READ_MAX ? text.length : text.lastIndexOf('\n') + 1;
  const stamped = (part: string): Stamped[] =>
    part
      .split('\n')
      .map((line) => ({ at: line.slice(0, line.indexOf(' ')), message: line.slice(line.indexOf(' ') + 1) }))
      .filter(({ at, message }) => message !== '' && padded(at) > padded(last))
      .map(({ at, message }) => ({ at, message: printable(message) }));
  return { all: stamped(text.slice(0, end)), bytes, cut: stamped(text.slice(end))[0] };
}

/** RFC 3339 with nine places, which compare as texts: zeros at the end are left out where it is written. */
function padded(at: string): string {
  const [seconds = '', fraction = ''] = at.replace(/Z$/, '').split('.');
  return at === '' ? '' : `${seconds}.${fraction.padEnd(9, '0')}`;
}

function printable(line: string): string {
  return storable(line, LINE_MAX).replace(/\r$/, '');
}
