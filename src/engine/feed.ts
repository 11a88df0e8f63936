import { Commit } from './commit.js';
import { Digest } from './digest.js';
import { EventBuffer, type EventColumns, type FeedEvent } from './event-buffer.js';
import { EXPOSURE, type FeedInput } from './feed-input.js';
import { countEvent, emptyMetrics, settle, type TickMetrics } from './feed-metrics.js';
import { Intents } from './intents.js';
import { type RandomKey, RandomStream, threefry2x32 } from './random.js';
import { Session } from './session.js';
import { World } from './world.js';

/** Separates the keys of ticks from every other use of the run's key. */
const TICK_DOMAIN = 0x7469636b;

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
  private readonly events = new EventBuffer();
  private readonly history: TickMetrics[] = [];
  private current: TickMetrics = emptyMetrics(0);
  private tickKey: RandomKey;
  private rhythm = 1;
  private readonly digest = new Digest();
  private readonly chain: string[] = [];

  constructor(readonly input: FeedInput) {
    this.world = new World(input);
    this.intents = new Intents(input.agents.count);
    this.tickKey = input.key;
    this.stream = new RandomStream(input.key, 0);
    this.session = new Session(this.world, this.intents, this.stream);
    this.commits = new Commit(this.world, this.intents);
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
    const { tickMinutes, startHour, rhythm } = this.input.clock;
    this.current = emptyMetrics(tick);
    this.rhythm = rhythm[(startHour + Math.floor((tick * tickMinutes) / 60)) % 24] ?? 1;
    this.tickKey = keyOfTick(this.input.key, tick);
    this.world.advanceWindow(tick);
    this.intents.clear();
  }

  /** Phase 1 for the agents `from` up to `to`. Between begin and commit every agent is read once, in any order. */
  read(from: number, to: number): void {
    for (let agent = from; agent < to; agent += 1) {
      this.stream.restart(agent, this.tickKey);
      this.intents.open(agent);
      if (this.session.run(agent, this.current.tick, this.rhythm)) this.current.active += 1;
      this.intents.close(agent);
    }
  }

  /** Phase 2: makes the intents true, in agent order, and closes the tick. */
  commit(): void {
    const { starts, ends } = this.intents;
    let busy = 0;
    for (let agent = 0; agent < this.input.agents.count; agent += 1) {
      const end = ends[agent] as number;
      let acted = false;
      for (let row = starts[agent] as number; row < end; row += 1) {
        this.commits.apply(agent, row, this.current.tick);
        this.record(this.commits.event);
        acted ||= this.commits.event.kind !== EXPOSURE;
      }
      if (acted) busy += 1;
    }
    settle(this.current, busy, this.world.reached);
    this.history.push(this.current);
    this.chain.push(this.digest.toString());
  }

  /** What happened in each completed tick. */
  metrics(): readonly TickMetrics[] {
    return this.history;
  }

  /** The events since the last call, in order. */
  drainEvents(): EventColumns {
    return this.events.drain();
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

  private record(event: FeedEvent): void {
    countEvent(this.current, event);
    const { digest } = this;
    digest.add(event.tick);
    digest.add(event.agent * 8 + event.kind);
    digest.add(event.post);
    digest.add(event.parent * 128 + event.rank);
    digest.add(event.reason * 0x1000000 + Math.trunc(event.value * 4096));
    if (event.kind !== EXPOSURE || this.input.logExposures) this.events.append(event);
  }
}

function keyOfTick(key: RandomKey, tick: number): RandomKey {
  const block = new Uint32Array(2);
  threefry2x32(key, tick, TICK_DOMAIN, block);
  return { k0: block[0] as number, k1: block[1] as number };
}
