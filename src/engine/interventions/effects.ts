import { exp, mix32 } from '../math.js';
import { CORRECTED, DOWNRANKED, LABELLED } from '../post-store.js';
import type { World } from '../world.js';
import {
  actsIn,
  type CoordinationSettings,
  type CorrectionSettings,
  type DepthLimitSettings,
  type DownrankSettings,
  type FeedChangeSettings,
  type FrictionSettings,
  type Intervention,
  type LabelSettings,
  type PrebunkSettings,
} from './settings.js';

const LN2 = 0.6931471805599453;

/** What interventions change in sessions. Reads the state alone; {@link open} says which act in a tick. */
export class Effects {
  /** Whether anything changes what is passed on, and what is shown. */
  changesPassing = false;
  private labels: LabelSettings | undefined;
  private corrections: CorrectionSettings | undefined;
  private downranks: DownrankSettings | undefined;
  private frictions: readonly FrictionSettings[] = [];
  private limits: readonly DepthLimitSettings[] = [];
  private prebunks: readonly { settings: PrebunkSettings; log: number }[] = [];
  private coordinations: readonly CoordinationSettings[] = [];
  private changes: readonly { settings: FeedChangeSettings; feed: number }[] = [];

  constructor(
    private readonly world: World,
    private readonly interventions: readonly Intervention[],
  ) {}

  open(tick: number): void {
    if (this.interventions.length === 0) return;
    const active = this.interventions.filter((each) => actsIn(each, tick));
    const first = <K extends Intervention['kind']>(kind: K) => this.ofKind(active, kind)[0];
    // Marks stay when the marking of new posts has ended; so do their effects.
    const begun = this.interventions.filter(({ start }) => tick >= start);
    this.labels = this.ofKind(begun, 'label')[0];
    this.corrections = this.ofKind(begun, 'correct')[0];
    this.downranks = first('downrank');
    this.frictions = this.ofKind(active, 'friction');
    this.limits = this.ofKind(active, 'depth_limit');
    this.prebunks = this.ofKind(active, 'prebunk').map((settings) => ({
      settings,
      log: settings.discourages * exp((-LN2 * (tick - settings.start)) / settings.halfLifeTicks),
    }));
    this.coordinations = this.ofKind(active, 'coordinate');
    const feeds = this.ofKind(this.interventions, 'feed');
    this.changes = this.ofKind(active, 'feed').map((settings) => ({
      settings,
      feed: feeds.indexOf(settings) + 1,
    }));
    this.changesPassing =
      this.labels !== undefined ||
      this.corrections !== undefined ||
      this.frictions.length + this.limits.length + this.prebunks.length > 0;
  }

  /** The place of an agent's feed among those of the run; of several changes the last counts. */
  feedOf(agent: number): number {
    let feed = 0;
    for (let n = 0; n < this.changes.length; n += 1) {
      const change = this.changes[n] as { settings: FeedChangeSettings; feed: number };
      if (change.settings.agents[agent] === 1) ({ feed } = change);
    }
    return feed;
  }

  /** Whether a downranked post is left out of an agent's session in a tick. */
  leavesOut(agent: number, root: number, tick: number): boolean {
    if (this.downranks === undefined || !this.world.posts.records.is(root, DOWNRANKED)) return false;
    const { k0, k1 } = this.world.input.key;
    const drawn = mix32(mix32(mix32(k1 ^ tick) ^ agent) ^ mix32(k0 ^ root));
    return drawn / 4294967296 < this.downranks.share;
  }

  /**
   * What the odds of passing an entry on are multiplied by; 0 where it may not be.
   * @param unit the reader's draw, in [0, 1), of whether it goes on when it is asked
   */
  passing(agent: number, post: number, root: number, unit: number): number {
    const { posts } = this.world;
    for (const { depth } of this.limits) if ((posts.depth[post] as number) >= depth) return 0;
    const draft = posts.draft[root] as number;
    for (const { drafts, share } of this.frictions) if (drafts[draft] === 1 && unit < share) return 0;
    let log = 0;
    if (this.labels !== undefined && posts.records.is(root, LABELLED)) log += this.labels.discourages;
    if (this.corrections !== undefined && posts.records.is(root, CORRECTED))
      log += this.corrections.discourages;
    for (const { settings, log: own } of this.prebunks) {
      if (settings.agents[agent] === 1 && settings.drafts[draft] === 1) log += own;
    }
    return log === 0 ? 1 : exp(-log);
  }

  /** Log-odds that acting as one adds to an agent's decisions about an author's post. */
  pull(agent: number, author: number): number {
    let pull = 0;
    for (let n = 0; n < this.coordinations.length; n += 1) {
      const { agents, pull: own } = this.coordinations[n] as CoordinationSettings;
      if (agents[agent] === 1 && agents[author] === 1) pull += own;
    }
    return pull;
  }

  /** The share of its pull on opinions that a post still has. */
  convinces(root: number): number {
    if (this.corrections === undefined || !this.world.posts.records.is(root, CORRECTED)) return 1;
    return 1 - this.corrections.unconvinces;
  }

  private ofKind<K extends Intervention['kind']>(
    among: readonly Intervention[],
    kind: K,
  ): Extract<Intervention, { kind: K }>[] {
    return among.filter((each): each is Extract<Intervention, { kind: K }> => each.kind === kind);
  }
}
