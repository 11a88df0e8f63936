import type { End, Finding } from '../healer.js';
import type { Incident } from '../incident.entity.js';
import type { Playbook, Symptom } from '../playbooks.js';

/** What is remembered of a subject from one look to the next. */
export class Chart {
  /** When each symptom began, in milliseconds since 1970. */
  readonly since = new Map<string, number>();
  private readonly last = new Map<Symptom, number>();

  /** @param begun when it was first looked at */
  constructor(private readonly begun: number) {}

  note(findings: readonly Finding[], now: number): void {
    for (const { symptom } of findings) this.last.set(symptom, now);
  }

  /** What came of an action that is to make a symptom go: it has helped when none of `against` was there for long enough since. */
  endOf(
    { acted_at, symptom }: Incident,
    playbook: Playbook | undefined,
    now: number,
    against: readonly Symptom[] = [symptom],
  ): End | undefined {
    const { verify_seconds = 10, give_up_seconds = 600 } = playbook ?? {};
    const acted = acted_at?.getTime() ?? now;
    const seen = against.map((each) => this.last.get(each) ?? 0);
    const well = now - Math.max(acted, this.begun, ...seen);
    if (well >= verify_seconds * 1_000) return { status: 'succeeded', note: 'it is well again' };
    if (now - acted > give_up_seconds * 1_000) return { status: 'failed', note: 'it is not well in time' };
    return undefined;
  }

  /** Whether any of these symptoms was there after a time in milliseconds. */
  cameAgain(against: readonly Symptom[], after: number): boolean {
    return against.some((each) => (this.last.get(each) ?? 0) > after);
  }
}

/** What is usual is kept once in so many milliseconds, and so many times. */
export const HISTORY_MS = 60_000;
export const HISTORY = 60;

/** Attempts, and those that ended in errors, since somebody began to count. */
export interface Attempts {
  attempts: number;
  errors: number;
}

/** The chart of a subject whose attempts are counted. */
export class AttemptsChart extends Chart {
  /** Rates of errors from 0 to 1, minute by minute. */
  readonly usualRates: number[] = [];
  private counts: (Attempts & { at: number })[] = [];
  private keptAt: number;

  constructor(now: number) {
    super(now);
    this.keptAt = now;
  }

  /** Takes what is known of attempts. @param span seconds of them that are kept */
  take({ attempts, errors }: Attempts, now: number, span: number): void {
    this.counts.push({ at: now, attempts, errors });
    while ((this.counts[1]?.at ?? now) < now - span * 1_000) this.counts.shift();
  }

  /** Attempts after a time in milliseconds. */
  after(time: number): Attempts {
    const [first, last] = [this.counts.find(({ at }) => at >= time), this.counts.at(-1)];
    if (first === undefined || last === undefined) return { attempts: 0, errors: 0 };
    return {
      attempts: Math.max(0, last.attempts - first.attempts),
      errors: Math.max(0, last.errors - first.errors),
    };
  }

  /** Forgets attempts so far, but not what was usual. */
  forgetAttempts(): void {
    this.counts = [];
  }

  /** Keeps the rate of the last minute, if it was usual. @returns whether a minute was over */
  keepRate(isUsual: boolean, now: number): boolean {
    if (now - this.keptAt < HISTORY_MS) return false;
    this.keptAt = now;
    const { attempts, errors } = this.after(now - HISTORY_MS);
    if (attempts > 0 && isUsual) this.usualRates.push(errors / attempts);
    if (this.usualRates.length > HISTORY) this.usualRates.shift();
    return true;
  }
}

/** The charts of all subjects of a kind. */
export class Charts<C extends Chart> {
  private readonly all = new Map<string, C>();

  constructor(private readonly begin: (now: number) => C) {}

  of(id: string, now: number): C {
    const chart = this.all.get(id) ?? this.begin(now);
    this.all.set(id, chart);
    return chart;
  }

  /** Forgets those of others. */
  keep(ids: readonly string[]): void {
    for (const id of this.all.keys()) if (!ids.includes(id)) this.all.delete(id);
  }
}
