import type { EventRow } from '../eventlog/event-row.js';
import { ACT_KINDS } from './act-kinds.js';

/** An act of a log, by the ids that it has there. */
export interface LoggedAct {
  readonly kind: EventRow['kind'];
  readonly draft: string;
  /** Whether it answers what its agent was told of. */
  readonly told: boolean;
  /** The comment answered: its number in the log, and who wrote it. */
  readonly answers: { readonly number: number; readonly agent: string } | null;
  readonly reaction: EventRow['reaction'];
}

/** What an agent did in a tick. */
export interface LoggedConduct {
  posts: boolean;
  leaves: boolean;
  returns: boolean;
  readonly acts: LoggedAct[];
}

/** Acts about what is shown. */
const ACTS: ReadonlySet<string> = new Set(ACT_KINDS);

/** What people did in a run, tick by tick, gathered from its event log. */
export class ConductLog {
  private readonly conduct = new Map<number, Map<string, LoggedConduct>>();
  private readonly comments = new Map<string, { readonly number: number; readonly agent: string }>();

  /** Takes the next event of the log. */
  add(event: Partial<EventRow>): void {
    const { kind, tick = 0, agent_id: agent = '' } = event;
    if (kind === 'exposure' || kind === 'read') this.at(tick, agent);
    else if (kind === 'post') this.at(tick, agent).posts = true;
    else if (kind === 'leave') this.at(tick, agent).leaves = true;
    else if (kind === 'return') this.at(tick, agent).returns = true;
    else if (kind !== undefined && ACTS.has(kind)) this.act(event, kind, this.at(tick, agent));
  }

  /** What an agent did in a tick; nothing where it did not open the feed. */
  of(tick: number, agent: string): LoggedConduct | undefined {
    return this.conduct.get(tick)?.get(agent);
  }

  private act(
    { draft_id, reason, parent_id, comment_id, reaction, agent_id }: Partial<EventRow>,
    kind: EventRow['kind'],
    of: LoggedConduct,
  ): void {
    const answers = kind === 'comment' ? (this.comments.get(parent_id ?? '') ?? null) : null;
    of.acts.push({
      kind,
      draft: draft_id ?? '',
      told: reason === 'notification',
      answers,
      reaction: reaction ?? null,
    });
    if (kind === 'comment' && typeof comment_id === 'string')
      this.comments.set(comment_id, { number: this.comments.size, agent: agent_id ?? '' });
  }

  private at(tick: number, agent: string): LoggedConduct {
    let agents = this.conduct.get(tick);
    if (agents === undefined) this.conduct.set(tick, (agents = new Map<string, LoggedConduct>()));
    let found = agents.get(agent);
    if (found === undefined)
      agents.set(agent, (found = { posts: false, leaves: false, returns: false, acts: [] }));
    return found;
  }
}
