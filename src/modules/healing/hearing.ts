import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NOTE_MS, Stalls } from './stalls.js';

/** Whether this process could hear others: who is silent while nobody could hear it is not judged by that. Times are milliseconds since 1970. */
@Injectable()
export class Hearing implements OnApplicationBootstrap, OnApplicationShutdown {
  private stalls = new Stalls(Date.now());
  private timer: NodeJS.Timeout | undefined;

  onApplicationBootstrap(): void {
    // What it takes to start is no stall.
    this.stalls = new Stalls(Date.now());
    this.timer = setInterval(() => this.stalls.note(Date.now()), NOTE_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Whether there was no stall just now. */
  isWell(now: number): boolean {
    // A stall may end in the middle of a look, before any timer.
    this.stalls.note(now);
    return this.stalls.isWell(now);
  }

  /** Whether nothing said after a time can have been missed. */
  hadAllSince(time: number, now: number): boolean {
    this.stalls.note(now);
    return this.stalls.unheard(time, now) === 0;
  }

  /** Moves a time on by what could not be heard since then. */
  excuse<T extends number | null>(time: T, now: number): T {
    this.stalls.note(now);
    return (time === null ? null : time + this.stalls.unheard(time, now)) as T;
  }
}
