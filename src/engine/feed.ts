import { CheckpointError, readCheckpoint, type Stores, writeCheckpoint } from './checkpoint.js';
import { Commit, noEvent } from './commit.js';
import { Digest } from './digest.js';
import { EventBuffer, type EventColumns, type FeedEvent } from './event-buffer.js';
import { rhythmAt } from './clock.js';
import { EXPOSURE, type FeedInput, POST, REPORT } from './feed-input.js';
import { emptyMetrics, isAct, TickCount, type TickMetrics } from './feed-metrics.js';
import { Intents } from './intents.js';
import type { Look } from './look.js';
import { Opening, type Tell } from './interventions/opening.js';
import { type RandomKey, RandomStream, threefry2x32 } from './random.js';
import { Session, type TickView } from './session.js';
import { World } from './world.js';

/** Separates the keys of ticks from every other use of the run's key. */
const TICK_DOMAIN = 0x7469636b;
/** Separates what readers draw about items from what they draw besides. */
const ITEM_DOMAIN = 0x6974656d;

/** Agents whose sessions, and whose intents, are looked at together. */
const CROWD = 256;

/** What is known of the ticks so far, beside the world. */
interface Progress {
  readonly eventCount: number;
  readonly drained: number;
  readonly digest: readonly [number, number];
  readonly history: readonly TickMetrics[];
  readonly chain: readonly string[];
}

/**
 * The feed of a simulated network. A tick has two phases: everyone reads the state at the tick's start and forms
 * intents, then the intents are committed in agent order. Each draw depends on the run's key, the tick, the agent and
 * the number of the draw alone; so phase 1 may visit agents in any order, split in any way, with the same result.
 */
export class Feed {
  readonly world: World;
  private readonly intents: Intents;
  private readonly stream: RandomStream;
  private readonly session: Session;
  private readonly commits: Commit;
  private readonly opening: Opening;
  /** Scratch of what happens while a tick opens. */
  private readonly opened = noEvent();
  private readonly events: EventBuffer;
  private readonly history: TickMetrics[] = [];
  private current: TickMetrics = emptyMetrics(0);
  private readonly count = new TickCount();
  /** Active agents that did more than read in this tick. */
  private busy = 0;
  private tickKey: RandomKey;
  private view: TickView;
  /** Scratch: those who may do something among the agents that are looked at together, and their first draw. */
  private readonly crowd = new Int32Array(CROWD);
  /** Where what is touched ahead goes, so that no compiler leaves out the loads. */
  protected touched = 0;
  private readonly block = new Uint32Array(2);
  /** Events so far, logged or not. */
  private eventCount = 0;
  private readonly digest = new Digest();
  private readonly chain: string[] = [];

  constructor(readonly input: FeedInput) {
    this.world = new World(input);
    this.intents = new Intents(input.agents.count);
    this.tickKey = input.key;
    this.stream = new RandomStream(input.key, 0);
    this.session = new Session(this.world, this.intents, this.stream);
    this.commits = new Commit(this.world, this.intents);
    const tell: Tell = (kind, agent, post, cause) => this.tell(kind, agent, post, cause);
    this.opening = new Opening(this.world, input.interventions ?? [], tell);
    this.events = new EventBuffer(input.logScores === true ? this.session.parts : undefined);
    this.view = { tick: 0, itemKey: input.key, rhythm: new Float64Array(1) };
  }

  /** Advances simulated time by one tick. */
  tick(): void {
    this.begin();
    this.read(0, this.input.agents.count);
    this.commit();
  }

  /** Opens a tick. Use {@link tick} unless phase 1 is to be split. */
  begin(): void {
    const tick = this.history.length;
    this.current = emptyMetrics(tick);
    this.count.clear();
    const itemKey = derivedKey(this.input.key, tick, ITEM_DOMAIN);
    this.view = { tick, itemKey, rhythm: rhythmAt(this.input.clock, tick) };
    this.tickKey = derivedKey(this.input.key, tick, TICK_DOMAIN);
    this.world.advanceWindow(tick);
    this.world.effects.open(tick);
    this.opening.apply(tick);
    this.intents.clear();
    this.busy = 0;
  }

  /** Phase 1 for the agents `from` up to `to`. Between begin and commit every agent is read once, in any order. */
  read(from: number, to: number): void {
    for (let first = from; first < to; first += CROWD) {
      const count = this.gather(first, Math.min(first + CROWD, to));
      this.session.prepare(this.crowd, count);
      for (let n = 0; n < count; n += 1) {
        const agent = this.crowd[n] as number;
        this.stream.restart(agent, this.tickKey);
        this.intents.open(agent);
        if (this.session.run(agent, this.view)) this.current.active += 1;
        this.intents.close(agent);
      }
    }
  }

  /** Lists those of a range who may do something. @returns how many */
  private gather(from: number, to: number): number {
    const { crowd, session, view, tickKey, block } = this;
    let count = 0;
    for (let agent = from; agent < to; agent += 1) {
      threefry2x32(tickKey, agent, 0, block);
      if (!session.comes(agent, (block[0] as number) / 4294967296, view)) continue;
      crowd[count] = agent;
      count += 1;
    }
    return count;
  }

  /**
   * What an agent for whom somebody else decides is shown if it reads in the tick that is open, with the ranks and scores that it is then
   * shown it with; undefined where it may do nothing. Between begin and the first read, in any order; changes nothing.
   */
  look(agent: number): Look | undefined {
    this.stream.restart(agent, this.tickKey);
    return this.session.look(agent, this.view);
  }

  /** Phase 2: makes the intents true, in agent order, and closes the tick. */
  commit(): void {
    this.apply(0, this.input.agents.count);
    this.close();
  }

  /** Phase 2 for the agents `from` up to `to`: ranges one behind the other, from the first agent to the last, then {@link close}. */
  apply(from: number, to: number): void {
    const { starts, ends } = this.intents;
    let touched = from;
    for (let agent = from; agent < to; agent += 1) {
      if (agent === touched) {
        touched = Math.min(agent + CROWD, to);
        this.touch(agent, touched);
      }
      const end = ends[agent] as number;
      let acted = false;
      for (let row = starts[agent] as number; row < end; row += 1) {
        if (!this.commits.apply(agent, row, this.current.tick, this.eventCount)) continue;
        const { event } = this.commits;
        this.record(event, row);
        if (event.kind === POST || event.kind === REPORT)
          this.opening.noteReport(event.root, event.tick, event.event);
        acted ||= isAct(this.commits.event.kind);
      }
      if (acted) this.busy += 1;
    }
  }

  /** Software prefetch: loads what making the intents of some agents true will change, so that these cache misses are on their way at once. */
  private touch(from: number, to: number): void {
    const { intents, world } = this;
    const { starts, ends } = intents;
    const { strength } = world.ties;
    const { shown } = world.posts;
    let sum = 0;
    for (let agent = from; agent < to; agent += 1) {
      const end = ends[agent] as number;
      const first = starts[agent] as number;
      if (first === end) continue;
      sum |= world.touchPlace(agent);
      for (let row = first; row < end; row += 1) {
        const root = intents.root(row);
        if (root < 0) continue;
        sum |= shown[root] as number;
        const edge = intents.edge(row);
        if (edge >= 0 && edge < strength.length && (strength[edge] as number) < 0) sum |= 1;
      }
    }
    this.touched = sum;
  }

  /** Closes a tick in which everybody's intents were made true. */
  close(): void {
    this.count.settle(this.current, this.busy, this.world.reached);
    this.history.push(this.current);
    this.chain.push(this.digest.toString());
  }

  /** What happened in each completed tick. */
  metrics(): readonly TickMetrics[] {
    return this.history;
  }

  /** The events since the last call, in order: views that hold until the next tick. */
  drainEvents(): EventColumns {
    return this.events.drain();
  }

  /**
   * The state between two ticks as bytes, from which {@link restore} goes on. The same state gives the same bytes.
   * @throws CheckpointError where events have not been drained: they would be lost
   */
  checkpoint(): Uint8Array {
    if (!this.events.isEmpty) throw new CheckpointError('drain the events before a checkpoint is made');
    const { eventCount, history, chain } = this;
    const rest: Progress = {
      eventCount,
      drained: this.events.drained,
      digest: this.digest.save(),
      history,
      chain,
    };
    return writeCheckpoint(this.stores(), rest);
  }

  /**
   * Goes on from a checkpoint of a run with the same input, between two ticks of this feed or before its first. Behaviour, feeds and
   * what is done to the network may be others from now on, with interventions added behind those there were.
   * @throws CheckpointError where the bytes are none of such a run; the feed is then of no use any more
   */
  restore(bytes: Uint8Array): void {
    const { agents, drafts } = this.input;
    const opening = this.opening.begun();
    const { kept } = this.world.audience;
    const progress = readCheckpoint(bytes, this.stores()) as Progress;
    if (
      this.world.posted.length !== agents.count ||
      this.world.ties.cut.length !== this.input.graph.followees.length
    )
      throw new CheckpointError('the checkpoint is one of another population or network');
    if (this.world.audience.kept !== kept)
      throw new CheckpointError('the checkpoint has another audience than the feeds of this run ask for');
    const { posts } = this.world;
    for (let post = 0; post < posts.length; post += 1) {
      if ((posts.draft[post] as number) >= drafts.quality.length)
        throw new CheckpointError('the checkpoint is one of other drafts');
    }
    posts.records.refresh();
    this.opening.extend(opening);
    this.eventCount = progress.eventCount;
    this.events.continueFrom(progress.drained);
    this.digest.restore(progress.digest);
    this.history.splice(0, this.history.length, ...progress.history);
    this.chain.splice(0, this.chain.length, ...progress.chain);
  }

  private stores(): Stores {
    const { world, opening } = this;
    const { posts, comments, ties, barred, people, audience } = world;
    const { records } = posts;
    return { world, posts, records, comments, ties, barred, people, audience, opening };
  }

  /** An unsigned 32-bit fingerprint of every event so far, logged or not. */
  checksum(): number {
    return this.digest.value;
  }

  /**
   * The digest of each completed tick, 16 hexadecimal digits: over its events, begun from the digest of the tick before, so that
   * runs whose digests of a tick agree did the same until then.
   */
  digests(): readonly string[] {
    return this.chain;
  }

  /** Something happened while the tick opened. */
  private tell(kind: number, agent: number, post: number, cause: number): void {
    const { posts } = this.world;
    const root = post < 0 ? -1 : (posts.root[post] as number);
    const tick = this.view.tick;
    const event = Object.assign(this.opened, {
      event: this.eventCount,
      tick,
      kind,
      agent,
      post,
      root,
      cause,
    });
    if (kind === POST) posts.records.noteEvent(post, event.event);
    this.record(event, -1);
    if (kind === POST) this.opening.noteReport(root, tick, event.event);
  }

  private record(event: FeedEvent, row: number): void {
    this.eventCount += 1;
    this.count.add(event);
    const { digest } = this;
    digest.add(event.tick);
    digest.add(event.agent * 32 + event.kind);
    digest.add(event.post);
    digest.add(event.parent * 128 + event.rank);
    digest.add(event.target);
    digest.add(event.cause);
    digest.add(event.reason * 0x1000000 + Math.trunc(event.value * 4096));
    if (event.kind !== EXPOSURE || this.input.logExposures) {
      const scored = event.kind === EXPOSURE && event.rank >= 0;
      this.events.append(event, this.intents.parts, scored ? row : -1);
    }
  }
}

function derivedKey(key: RandomKey, tick: number, domain: number): RandomKey {
  const block = new Uint32Array(2);
  threefry2x32(key, tick, domain, block);
  return { k0: block[0] as number, k1: block[1] as number };
}
