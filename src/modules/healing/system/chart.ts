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
