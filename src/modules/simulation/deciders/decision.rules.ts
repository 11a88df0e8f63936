import type { FieldIssue } from '../../../core/errors/index.js';
import type { REACTIONS } from '../../../engine/index.js';
import type { DecidedAct, Decision } from './decision.js';
import type { ActKind } from './act-kinds.js';
import type { Deed, Offer, OfferedComment, OfferedEntry } from './offers.rules.js';

/** An act as somebody outside names it. */
export interface GivenAct {
  readonly kind: ActKind;
  /** An entry of the feed; of an answer to what the agent was told of, the post there. */
  readonly post_id: string;
  readonly reaction?: (typeof REACTIONS)[number] | undefined;
  /** The comment that is answered. */
  readonly comment_id?: string | undefined;
}

/** A decision as somebody outside gives it. */
export interface GivenDecision {
  readonly agent_id: string;
  readonly does: Deed;
  readonly leaves?: boolean | undefined;
  readonly acts?: readonly GivenAct[] | undefined;
}

/** A decision, or what is wrong with what was given. */
export type Judged = { readonly decision: Decision } | { readonly issues: readonly FieldIssue[] };

/** Ways to want less of an entry, and ways to pass it on: one of each at most. */
const REFUSALS: readonly ActKind[] = ['dismiss', 'unfollow', 'mute', 'report', 'block'];
const PASSING: readonly ActKind[] = ['repost', 'quote'];

/**
 * Whether an agent can do what was decided for it, by what it is offered.
 * @param at the field that holds the decision, such as `decisions[3]`
 */
export function judgeDecision(offer: Offer, given: GivenDecision, at: string): Judged {
  const { does, acts = [], leaves = false } = given;
  const issues: FieldIssue[] = [];
  const refuse = (field: string, message: string): void =>
    void issues.push({ field: `${at}.${field}`, message });
  if (!offer.accepts.includes(does)) refuse('does', `is one of ${offer.accepts.join(', ')} for this agent`);
  if (does !== 'read') {
    if (acts.length > 0) refuse('acts', 'belong to somebody who reads');
    if (leaves) refuse('leaves', 'belongs to somebody who reads');
    return issues.length > 0 ? { issues } : { decision: { does } };
  }
  if (leaves && (acts.length > 0 || offer.notification !== null))
    refuse('leaves', 'is for somebody who does nothing else and is told of nothing');
  const decided: DecidedAct[] = [];
  const done = new Set<string>();
  for (const [place, act] of acts.entries()) {
    const judged = judgeAct(offer, act, done);
    if ('decided' in judged) decided.push(judged.decided);
    else refuse(`acts[${place}].${judged.field}`, judged.message);
  }
  return issues.length > 0 ? { issues } : { decision: { does, leaves, acts: decided } };
}

type JudgedAct =
  { readonly decided: DecidedAct } | { readonly field: keyof GivenAct; readonly message: string };

function judgeAct(offer: Offer, act: GivenAct, done: Set<string>): JudgedAct {
  const { kind, post_id, reaction, comment_id } = act;
  const { notification } = offer;
  if (reaction !== undefined && kind !== 'reaction')
    return { field: 'reaction', message: 'belongs to a reaction' };
  if (comment_id !== undefined && kind !== 'comment')
    return { field: 'comment_id', message: 'belongs to a comment' };
  const answersTold = kind === 'comment' && notification !== null && comment_id === notification.comment_id;
  if (answersTold) {
    if (post_id !== notification.post_id)
      return { field: 'post_id', message: `is ${notification.post_id}, the post of the comment answered` };
    return once(done, ['told'])
      ? { decided: { ...actOf(act, notification.draft_id, -1, notification), told: true } }
      : { field: 'kind', message: 'has been done already' };
  }
  const entry = offer.feed.find((each) => each.post_id === post_id);
  if (entry === undefined) return { field: 'post_id', message: 'is no entry of the feed that is shown' };
  if (!entry.accepts.includes(kind))
    return { field: 'kind', message: `is one of ${entry.accepts.join(', ')} for this entry` };
  if (kind === 'reaction' && reaction === undefined)
    return { field: 'reaction', message: 'is needed for a reaction' };
  const answered = comment_id === undefined ? null : commentOf(entry, comment_id);
  if (answered === undefined)
    return { field: 'comment_id', message: 'is none of the comments that are shown with the entry' };
  if (
    once(
      done,
      sortsOf(act).map((sort) => `${post_id} ${sort}`),
    )
  )
    return { decided: actOf(act, entry.draft_id, entry.root, answered) };
  const others = sortOf(kind);
  const message =
    others.length > 1 ? `is at most one of ${others.join(', ')} for an entry` : 'has been done already';
  return { field: 'kind', message };
}

/** Marks names as taken. @returns whether none was */
function once(done: Set<string>, names: readonly string[]): boolean {
  if (names.some((name) => done.has(name))) return false;
  for (const name of names) done.add(name);
  return true;
}

/** What is done once for an entry; comments once for each comment that is answered. */
function sortsOf({ kind, comment_id }: GivenAct): string[] {
  return kind === 'comment' ? [`comment ${comment_id ?? ''}`] : [sortOf(kind).join()];
}

function sortOf(kind: ActKind): readonly ActKind[] {
  return [REFUSALS, PASSING].find((kinds) => kinds.includes(kind)) ?? [kind];
}

function commentOf({ comments }: OfferedEntry, id: string): OfferedComment | undefined {
  return comments.find(({ comment_id }) => comment_id === id);
}

function actOf(act: GivenAct, draft: string, root: number, answers: OfferedComment | null): DecidedAct {
  return {
    kind: act.kind,
    draft,
    root,
    told: false,
    answers: answers && { number: answers.number, agent: answers.agent_id },
    reaction: act.reaction ?? null,
  };
}
