import type { BatchDraft } from '../../content/index.js';
import type { HistoricEvent } from '../../simulation/index.js';
import { draftText } from '../network/draft-text.js';
import { namedIn } from '../network/text.rules.js';
import type { ProjectedMark, ProjectedNotification, ProjectedStatus } from './projection.repository.js';

/** What a run comes to on a network. */
export interface ProjectedRun {
  statuses: ProjectedStatus[];
  favourites: ProjectedMark[];
  notifications: ProjectedNotification[];
  /** By `follower followee`, who began to follow, or ceased to. */
  ties: Map<string, boolean>;
}

/** What is known of a run before its events. */
export interface RunSetting {
  /** When tick 0 begins, in milliseconds since 1970. */
  beginning: number;
  tickMinutes: number;
  /** Accounts by their agents. */
  accounts: ReadonlyMap<string, string>;
  drafts: readonly BatchDraft[];
  replyText: string;
  replyDecisionId: string;
}

interface Place {
  id: string;
  account: string;
}

const MINUTE_MS = 60_000;
/** Between two things that happen in the same tick, so far as it is long enough. */
const STEP_MS = 250;

/**
 * Tells the events of a run as posts, boosts, replies and favourites, at simulated times. Pure: the same events give the
 * same rows.
 */
export class RunTelling {
  readonly told: ProjectedRun = { statuses: [], favourites: [], notifications: [], ties: new Map() };
  private readonly drafts: ReadonlyMap<string, BatchDraft>;
  /** Posts by the ids of the run: a repost leads to its original. */
  private readonly posts = new Map<string, Place>();
  private readonly comments = new Map<string, Place>();
  private readonly boosts = new Set<string>();
  private lastId = 0n;
  private tick = -1;
  private inTick = 0;

  constructor(private readonly setting: RunSetting) {
    this.drafts = new Map(setting.drafts.map((draft) => [draft.id, draft]));
  }

  /** The next event. */
  hear(event: HistoricEvent): void {
    const account = this.setting.accounts.get(event.agent_id);
    if (account === undefined) return;
    const at = this.timeOf(event);
    switch (event.kind) {
      case 'post':
        this.post(event, account, at);
        break;
      case 'repost':
      case 'quote':
        this.boost(event, account, at);
        break;
      case 'comment':
        this.reply(event, account, at);
        break;
      case 'reaction':
        this.react(event, account, at);
        break;
      case 'follow':
      case 'unfollow':
      case 'block':
        this.tie(event, account);
        break;
      case 'remove':
        this.remove(event);
        break;
      // What is done in silence shows on no network.
      case 'exposure':
      case 'mute':
      case 'report':
      case 'dismiss':
      case 'read':
      case 'leave':
      case 'return':
      case 'label':
      case 'correct':
      case 'suspend':
        break;
    }
  }

  private post({ post_id = '', draft_id }: HistoricEvent, account: string, at: number): void {
    const draft = this.drafts.get(draft_id ?? '');
    if (draft === undefined) return;
    const text = draftText(draft);
    const id = this.nextId(at);
    this.posts.set(post_id ?? '', { id, account });
    this.add(id, account, at, {
      text,
      language: draft.language,
      decision_id: draft.decision_id,
      draft_id: draft.id,
      tags: namedIn(text).tags,
    });
  }

  private boost({ post_id, root_id }: HistoricEvent, account: string, at: number): void {
    const root = this.posts.get(root_id ?? '');
    if (root === undefined) return;
    this.posts.set(post_id ?? '', root);
    const boost = `${account} ${root.id}`;
    // One boost of an account is all that a network has.
    if (this.boosts.has(boost)) return;
    this.boosts.add(boost);
    const id = this.nextId(at);
    this.add(id, account, at, { text: '', reblog_of_id: root.id });
    this.notify(root.account, 'reblog', account, root.id, at);
  }

  private reply(event: HistoricEvent, account: string, at: number): void {
    const { root_id, comment_id, parent_id } = event;
    const answered = this.comments.get(parent_id ?? '') ?? this.posts.get(root_id ?? '');
    if (answered === undefined || comment_id === undefined || comment_id === null) return;
    const id = this.nextId(at);
    this.comments.set(comment_id, { id, account });
    this.add(id, account, at, {
      text: this.setting.replyText,
      in_reply_to_id: answered.id,
      in_reply_to_account_id: answered.account,
      decision_id: this.setting.replyDecisionId,
    });
    this.notify(answered.account, 'mention', account, id, at);
  }

  private react({ root_id, reaction }: HistoricEvent, account: string, at: number): void {
    const root = this.posts.get(root_id ?? '');
    // Nobody favourites what is disliked.
    if (root === undefined || reaction === 'dislike') return;
    this.told.favourites.push({ id: this.nextId(at), account_id: account, status_id: root.id });
    this.notify(root.account, 'favourite', account, root.id, at);
  }

  private tie({ kind, target_id }: HistoricEvent, account: string): void {
    const target = this.setting.accounts.get(target_id ?? '');
    if (target === undefined) return;
    this.told.ties.set(`${account} ${target}`, kind === 'follow');
    // Who is blocked follows no more.
    if (kind === 'block') this.told.ties.set(`${target} ${account}`, false);
  }

  /** Takes a post away with its boosts and favourites; answers to it stay, and answer nothing. */
  private remove({ root_id }: HistoricEvent): void {
    const root = this.posts.get(root_id ?? '');
    if (root === undefined) return;
    const { told } = this;
    const gone = new Set([root.id]);
    for (const { id, reblog_of_id } of told.statuses) if (reblog_of_id === root.id) gone.add(id);
    told.statuses = told.statuses
      .filter(({ id }) => !gone.has(id))
      .map((status) =>
        status.in_reply_to_id === root.id
          ? { ...status, in_reply_to_id: null, in_reply_to_account_id: null }
          : status,
      );
    told.favourites = told.favourites.filter(({ status_id }) => !gone.has(status_id));
    told.notifications = told.notifications.filter(({ status_id }) => !gone.has(status_id ?? ''));
    this.posts.delete(root_id ?? '');
  }

  private add(id: string, account: string, at: number, fields: Partial<ProjectedStatus>): void {
    this.told.statuses.push({
      text: '',
      language: null,
      in_reply_to_id: null,
      in_reply_to_account_id: null,
      reblog_of_id: null,
      decision_id: null,
      draft_id: null,
      tags: [],
      ...fields,
      id,
      account_id: account,
      created_at: new Date(at).toISOString(),
    });
  }

  private notify(
    to: string,
    type: ProjectedNotification['type'],
    from: string,
    status: string,
    at: number,
  ): void {
    if (to === from) return;
    this.told.notifications.push({
      id: this.nextId(at),
      account_id: to,
      type,
      from_account_id: from,
      status_id: status,
      created_at: new Date(at).toISOString(),
    });
  }

  /** Within its tick, one thing after the other. */
  private timeOf({ tick }: HistoricEvent): number {
    this.inTick = tick === this.tick ? this.inTick + 1 : 0;
    this.tick = tick;
    const { beginning, tickMinutes } = this.setting;
    const length = tickMinutes * MINUTE_MS;
    return beginning + tick * length + Math.min(this.inTick * STEP_MS, length - 1);
  }

  private nextId(at: number): string {
    const id = BigInt(at) << 16n;
    this.lastId = id > this.lastId ? id : this.lastId + 1n;
    return this.lastId.toString();
  }
}
