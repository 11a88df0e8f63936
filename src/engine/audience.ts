import { bump, withRoom } from './columns.js';
import { DIMENSIONS, UNIT } from './vectors.js';

/** What of a post's readers is kept, since some feed asks for it. */
export interface AudienceSettings {
  /** Whether feeds ask whom those who acted are like. */
  readonly likeness: boolean;
  /** Groups of which feeds ask what they approve of; 0: none do. */
  readonly groups: number;
}

/** Who read a post and who did something with it, in sums: for each original the interests of those who acted, and counts by group. */
export class Audience {
  readonly groups: number;
  /** What is kept, as one number. */
  readonly kept: number;
  /** Sums of interest vectors, one row of sixteen an entry. */
  private interests: Int32Array = new Int32Array(0);
  private acts: Int32Array = new Int32Array(0);
  private seen: Int32Array = new Int32Array(0);
  private approved: Int32Array = new Int32Array(0);

  constructor(
    private readonly settings: AudienceSettings,
    private readonly people: { readonly interests: Int8Array; readonly group?: Uint8Array },
  ) {
    this.groups = settings.groups;
    this.kept = settings.groups * 2 + Number(settings.likeness);
  }

  /** Makes room for entries. */
  reserve(entries: number): void {
    if (this.settings.likeness) {
      this.interests = withRoom(this.interests, entries * DIMENSIONS);
      this.acts = withRoom(this.acts, entries);
    }
    this.seen = withRoom(this.seen, entries * this.groups);
    this.approved = withRoom(this.approved, entries * this.groups);
  }

  noteSeen(root: number, agent: number): void {
    if (this.groups > 0) bump(this.seen, root * this.groups + this.groupOf(agent));
  }

  /** An agent reacted well to a post, commented on it or passed it on. */
  noteApproval(root: number, agent: number): void {
    if (this.groups > 0) bump(this.approved, root * this.groups + this.groupOf(agent));
    if (!this.settings.likeness) return;
    bump(this.acts, root);
    for (let d = 0; d < DIMENSIONS; d += 1) {
      const at = root * DIMENSIONS + d;
      const interest = this.people.interests[agent * DIMENSIONS + d] as number;
      this.interests[at] = (this.interests[at] as number) + interest;
    }
  }

  likeness(root: number, agent: number): number {
    const acts = this.acts[root] ?? 0;
    if (acts === 0) return 0;
    let dot = 0;
    for (let d = 0; d < DIMENSIONS; d += 1) {
      const sum = this.interests[root * DIMENSIONS + d] as number;
      dot += sum * (this.people.interests[agent * DIMENSIONS + d] as number);
    }
    return dot / (UNIT * UNIT * acts);
  }

  approval(root: number, group: number): number {
    const at = root * this.groups + group;
    return ((this.approved[at] ?? 0) + 1) / ((this.seen[at] ?? 0) + 2);
  }

  /** The least {@link approval} of the groups. */
  leastApproval(root: number): number {
    let least = 1;
    for (let group = 0; group < this.groups; group += 1) {
      const approval = this.approval(root, group);
      if (approval < least) least = approval;
    }
    return least;
  }

  private groupOf(agent: number): number {
    return Math.min(this.people.group?.[agent] ?? 0, this.groups - 1);
  }
}
