import {
  EVENT_KINDS,
  type EventColumns,
  EXPOSURE_REASONS,
  type Part,
  PARTS,
  REACTIONS,
} from '../../../engine/index.js';
import { type Simulation, SimulationIds } from '../simulation.rules.js';
import type { ScoredEventRow } from './event-row.js';
import { LineBuffer, NameTable } from './line-buffer.js';

const COMMENT = EVENT_KINDS.indexOf('comment');
const EXPOSURE = EVENT_KINDS.indexOf('exposure');
const REACTION = EVENT_KINDS.indexOf('reaction');
const REPOST = EVENT_KINDS.indexOf('repost');
const QUOTE = EVENT_KINDS.indexOf('quote');

/** What stands before a value: the comma, the field's name and the colon. */
function before(field: keyof ScoredEventRow): Uint8Array {
  return Buffer.from(`,"${field}":`);
}

const FIRST = Buffer.from('{"sequence":');
const EVENT = before('event');
const CAUSE = before('cause');
const AGENT = before('agent_id');
const POST = before('post_id');
const ROOT = before('root_id');
const DRAFT = before('draft_id');
const PARENT = before('parent_id');
const COMMENTED = before('comment_id');
const RANK = before('rank');
const REASON = before('reason');
const REACTED = before('reaction');
const DEPTH = before('depth');
const SCORE = before('score');
const TARGET = before('target_id');
const PART_FIELDS = PARTS.map((name) => before(name));
const LAST = Buffer.from('}\n');

/** Writes events as lines of JSON, straight from the engine's columns; what does not apply to an event's kind is left out. */
export class EventLines {
  private readonly buffer = new LineBuffer();
  private readonly kinds = new NameTable((kind) => EVENT_KINDS[kind]);
  private readonly reasons = new NameTable((reason) => EXPOSURE_REASONS[reason]);
  private readonly reactions = new NameTable((reaction) => REACTIONS[reaction]);
  private readonly agents: NameTable;
  private readonly posts: NameTable;
  private readonly drafts: NameTable;
  private readonly comments: NameTable;
  /** What stands in all lines of a tick, from the tick to the name of the kind's field. */
  private when: Uint8Array = new Uint8Array(0);
  private tick = -1;

  constructor(private readonly simulation: Simulation) {
    const { agents, admitted } = simulation;
    const ids = SimulationIds.of(simulation);
    this.agents = new NameTable((agent) => agents[agent]?.id);
    this.posts = new NameTable((post) => ids.post(post));
    this.drafts = new NameTable((draft) => admitted[draft]?.id);
    this.comments = new NameTable((comment) => ids.comment(comment));
  }

  /**
   * The lines of events from a row on: all of them, or so many that there are at least `bytes`. They hold until the next are made.
   * @returns the lines, and the first row that is not among them
   */
  from(
    events: EventColumns,
    row: number,
    bytes: number,
  ): { readonly lines: Uint8Array; readonly next: number } {
    const { buffer } = this;
    let next = row;
    for (; next < events.length && buffer.size < bytes; next += 1) this.line(events, next);
    return { lines: buffer.take(), next };
  }

  private line(events: EventColumns, row: number): void {
    const { buffer } = this;
    const kind = events.kind[row] as number;
    const cause = events.cause[row] as number;
    const root = events.root[row] as number;
    const parent = events.parent[row] as number;
    const rank = events.rank[row] as number;
    buffer.text(FIRST);
    buffer.number(events.firstSequence + row);
    buffer.text(EVENT);
    buffer.number(events.event[row] as number);
    if (cause >= 0) {
      buffer.text(CAUSE);
      buffer.number(cause);
    }
    buffer.name(this.timeOf(events.tick[row] as number), this.kinds, kind);
    buffer.name(AGENT, this.agents, events.agent[row] as number);
    buffer.name(POST, this.posts, events.post[row] as number);
    buffer.name(ROOT, this.posts, root);
    if (root >= 0) buffer.name(DRAFT, this.drafts, this.simulation.feed.world.posts.draft[root] as number);
    buffer.name(PARENT, kind === COMMENT ? this.comments : this.posts, parent);
    buffer.name(COMMENTED, this.comments, events.comment[row] as number);
    if (rank >= 0) {
      buffer.text(RANK);
      buffer.number(rank);
    }
    buffer.name(REASON, this.reasons, events.reason[row] as number);
    this.value(events, row, kind);
    buffer.text(LAST);
  }

  /** What the value says of an event of a kind; to whom it was done; what a score is made of. */
  private value(events: EventColumns, row: number, kind: number): void {
    const { buffer } = this;
    const value = events.value[row] as number;
    const shown = kind === EXPOSURE && (events.rank[row] as number) >= 0;
    if (kind === REACTION) {
      buffer.name(REACTED, this.reactions, value);
    } else if (kind === COMMENT || kind === REPOST || kind === QUOTE) {
      buffer.text(DEPTH);
      buffer.number(value);
    } else if (shown) {
      buffer.text(SCORE);
      buffer.rounded(value);
    }
    buffer.name(TARGET, this.agents, events.target[row] as number);
    if (!shown || events.parts === undefined) return;
    for (let part = 0; part < PARTS.length; part += 1) {
      const known = events.parts[PARTS[part] as Part]?.[row] ?? Number.NaN;
      if (Number.isNaN(known)) continue;
      buffer.text(PART_FIELDS[part] as Uint8Array);
      buffer.rounded(known);
    }
  }

  private timeOf(tick: number): Uint8Array {
    if (tick !== this.tick) {
      const minute = tick * this.simulation.scenario.tick_minutes;
      this.tick = tick;
      this.when = Buffer.from(`,"tick":${tick},"minute":${minute},"kind":`);
    }
    return this.when;
  }
}
