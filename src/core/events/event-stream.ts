import { Injectable } from '@nestjs/common';
import { EventLog, type PublishedEvent } from './event-log.js';
import { EventTail } from './event-tail.js';
import type { TopicFilter } from './topics.js';

const PAGE = 500;
/** Live events that wait for a subscriber; one that is slower reads from the log at its own pace. */
const WAITING_MAX = 1_000;

/** Live events that wait to be taken. */
class Waiting {
  private events: PublishedEvent[] = [];
  private wake: (() => void) | undefined;
  /** Whether events were dropped: the log has them. */
  overflowed = false;

  add(event: PublishedEvent): void {
    if (this.events.length < WAITING_MAX) this.events.push(event);
    else this.overflowed = true;
    this.wake?.();
  }

  take(): PublishedEvent[] {
    const taken = this.events;
    this.events = [];
    return taken;
  }

  /** Begins anew after a loss. */
  reset(): true {
    this.events = [];
    this.overflowed = false;
    return true;
  }

  /** Resolves when there is something to take, or the signal fires. */
  async ready(signal: AbortSignal): Promise<void> {
    if (this.events.length > 0 || this.overflowed || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
    this.wake = undefined;
  }
}

/** Streams of events for subscribers: first what they missed, then what happens. */
@Injectable()
export class EventStream {
  constructor(
    private readonly log: EventLog,
    private readonly tail: EventTail,
  ) {}

  /**
   * Every event of the topics after a position, each once and in order, as fast as they are taken; without a position,
   * from the moment this resolves.
   * @throws PositionGoneError when events after the position are no longer kept
   */
  async open(
    filter: TopicFilter,
    after: bigint | undefined,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<PublishedEvent>> {
    if (after !== undefined) await this.log.requireKept(after);
    const waiting = new Waiting();
    const { from, stop } = await this.tail.listen((event) => {
      if (filter.matches(event.topic)) waiting.add(event);
    });
    signal.addEventListener('abort', stop, { once: true });
    // The subscriber may have gone while this was waited for.
    if (signal.aborted) stop();
    return this.read(filter, waiting, after ?? from, signal);
  }

  private async *read(
    filter: TopicFilter,
    waiting: Waiting,
    after: bigint,
    signal: AbortSignal,
  ): AsyncGenerator<PublishedEvent> {
    let position = after;
    // The log first, down to its end; from there what waits goes on without a gap, since it began before.
    let behind = true;
    while (!signal.aborted) {
      const events: PublishedEvent[] = behind ? await this.log.after(position, filter, PAGE) : waiting.take();
      for (const event of events) {
        // What is in both was told already.
        if (BigInt(event.position) <= position) continue;
        position = BigInt(event.position);
        yield event;
        if (signal.aborted) return;
      }
      if (behind) behind = events.length === PAGE;
      else if (waiting.overflowed) behind = waiting.reset();
      else await waiting.ready(signal);
    }
  }
}
