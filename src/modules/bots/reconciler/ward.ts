import { risingSlope, type MemorySample } from '../../healing/index.js';
import { slotName, type Running, type Sight, type Slot } from '../executor/executor.js';
import type { Bot } from '../registry/bot.entity.js';
import type { BotInstance } from '../registry/bot-instance.entity.js';
import { Habits, REQUESTS_MIN } from '../healing/habits.js';
import type { Crew } from './crew.js';
import type { HeardBeat } from './instances.repository.js';

/** What a bot says with a beat; counts are since its process started. */
export interface Beat {
  requests: number;
  errors: number;
  /** Whether it has something to do. */
  working?: boolean | undefined;
  /** Grows as it does it. */
  progress?: number | undefined;
  event_loop_lag_ms?: number | undefined;
  /** For people. */
  activity?: string | undefined;
}

interface Count {
  at: number;
  requests: number;
  errors: number;
}

/** Samples of memory that a trend is found in, of how far apart (ms), and how often it is looked for. */
const SAMPLES = 60;
const SAMPLE_MS = 2_000;
const TREND_EVERY = 5;

/** How far back rates look, in milliseconds. */
const WINDOW_MS = 60_000;

/** An instance of a bot in the care of this process; times are milliseconds since 1970. */
export class Ward {
  running: Running | undefined;
  lastBeatAt: number | null = null;
  beat: Beat | undefined;
  /** When its progress last grew, or it had nothing to do. */
  progressAt: number | null = null;
  /** When its token was made. */
  tokenAt = 0;
  /** Tokens that it may show to its host: the newest two. */
  tokens: string[] = [];
  /** Bytes of its log that were too many, since it was looked at last. */
  flooded = 0;
  cpuLoad = 0;
  memoryMb = 0;
  /** Bytes a second that were too many. */
  floodRate = 0;
  /** By how much its memory grows for good, in MB a second. */
  memorySlope: number | undefined;
  /** What is usual of its process. */
  readonly habits = new Habits();
  /** Since when which symptom was there, without a break. */
  readonly symptomsSince = new Map<string, number>();
  /** Since when it is seen to run and to be well. */
  wellSince: number | null = null;
  /** The beat over the network that was taken last. */
  private heard = 0;
  private memory: MemorySample[] = [];
  private sampled = 0;
  private cpu: { at: number; seconds: number } | undefined;
  private counts: Count[] = [];

  constructor(
    readonly crew: Crew,
    public state: BotInstance,
  ) {}

  /** Of its bot. */
  get id(): string {
    return this.state.bot_id;
  }

  get ordinal(): number {
    return this.state.ordinal;
  }

  get slot(): Slot {
    return { botId: this.id, ordinal: this.ordinal };
  }

  /** Names it among all instances of all bots. */
  get name(): string {
    return slotName(this.slot);
  }

  /** Its bot as it is to run it: in an update others of the same bot run something else. */
  get bot(): Bot {
    return this.crew.botOf(this.state.revision);
  }

  /** A process of it begins. */
  begin(running: Running, now: number): void {
    this.running = running;
    this.lastBeatAt = null;
    this.beat = undefined;
    this.progressAt = now;
    this.cpu = undefined;
    this.forgetTrends();
    this.flooded = 0;
    this.cpuLoad = 0;
    this.memoryMb = 0;
  }

  end(): void {
    this.running = undefined;
    this.lastBeatAt = null;
    this.beat = undefined;
    this.cpuLoad = 0;
    this.memoryMb = 0;
    this.forgetTrends();
    this.tokens = [];
  }

  takeBeat(beat: Beat, now: number): void {
    const { progress = 0, working = false } = beat;
    if (!working || progress !== (this.beat?.progress ?? 0)) this.progressAt = now;
    this.beat = beat;
    this.lastBeatAt = now;
    const last = this.counts.at(-1);
    if (last === undefined || now - last.at >= 1_000)
      this.counts.push({ at: now, requests: beat.requests, errors: beat.errors });
    while ((this.counts[0]?.at ?? now) < now - WINDOW_MS) this.counts.shift();
  }

  /** Takes a beat that came over the network, once. */
  hear({ beat, at, age }: HeardBeat): void {
    if (at.getTime() === this.heard) return;
    this.heard = at.getTime();
    this.takeBeat(beat, Date.now() - age * 1_000);
  }

  takeSight({ cpuSeconds, memoryMb }: Sight, now: number): void {
    if (this.cpu !== undefined && now > this.cpu.at) {
      const seconds = (now - this.cpu.at) / 1_000;
      this.cpuLoad = Math.max(0, (100 * (cpuSeconds - this.cpu.seconds)) / seconds);
      this.floodRate = this.flooded / seconds;
      this.flooded = 0;
      this.note(now);
    }
    this.cpu = { at: now, seconds: cpuSeconds };
    this.memoryMb = memoryMb;
    this.sample(now, memoryMb);
  }

  /** Requests a second, and how many of them failed, from 0 to 1, in the last minute. */
  get rates(): { requests: number; requestsPerSecond: number; errorRate: number } {
    const [first, last] = [this.counts[0], this.counts.at(-1)];
    if (first === undefined || last === undefined || last.at === first.at)
      return { requests: 0, requestsPerSecond: 0, errorRate: 0 };
    const requests = Math.max(0, last.requests - first.requests);
    const errors = Math.max(0, last.errors - first.errors);
    return {
      requests,
      requestsPerSecond: (requests * 1_000) / (last.at - first.at),
      errorRate: requests === 0 ? 0 : Math.min(1, errors / requests),
    };
  }

  private note(now: number): void {
    const { requests, errorRate } = this.rates;
    this.habits.note(now, {
      error_rate: requests < REQUESTS_MIN ? undefined : errorRate,
      cpu_load: this.cpuLoad,
      event_loop_lag_ms: this.beat?.event_loop_lag_ms,
    });
  }

  private sample(now: number, mb: number): void {
    if (now - (this.memory.at(-1)?.at ?? 0) < SAMPLE_MS) return;
    this.memory.push({ at: now, mb });
    // Twice as far apart, and as far back.
    if (this.memory.length > SAMPLES) this.memory = this.memory.filter((_, index) => index % 2 === 0);
    this.sampled += 1;
    if (this.sampled % TREND_EVERY === 0) this.memorySlope = risingSlope(this.memory);
  }

  private forgetTrends(): void {
    this.counts = [];
    this.habits.forget();
    this.memory = [];
    this.memorySlope = undefined;
    this.floodRate = 0;
  }
}
