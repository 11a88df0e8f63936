import { keyFromText, RandomStream } from '../../../engine/random.js';

/** docs/guides/sessions.md draws them. `skipped`: it never began; `failed`: it began and could not go on. */
export const SESSION_STATES = ['planned', 'open', 'ended', 'skipped', 'failed'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

export const SESSION_PLAN_STATES = ['running', 'paused', 'completed', 'cancelled'] as const;
export type SessionPlanState = (typeof SESSION_PLAN_STATES)[number];

export const ACT_KINDS = ['favourite', 'boost', 'reply', 'follow'] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** `held`: the network has the reply, and shows it when a person lets it. `skipped`: no quota let it through in time. */
export const ACT_STATES = ['planned', 'done', 'held', 'refused', 'skipped'] as const;
export type ActState = (typeof ACT_STATES)[number];

/** How agents behave in their sessions. Percentages are whole numbers. */
export interface SessionBehaviour {
  /** Of a hundred sessions, so many look and do nothing. */
  lurk_percent: number;
  /** The most posts that are looked at. */
  posts: number;
  /** The most that is done. */
  acts: number;
  favourite_percent: number;
  boost_percent: number;
  reply_percent: number;
  follow_percent: number;
}

/** What of a plan decides how its sessions are. */
export interface SessionTerms {
  quiet_hours: { from: string; to: string } | null;
  /** 24 whole weights, 0 to 100. */
  rhythm: number[] | null;
  behaviour: SessionBehaviour;
  /** Of each agent in a day of its time, across all its sessions of the plan. */
  acts_per_day: number;
  /** `name@version`; null: nobody replies. */
  reply_template: string | null;
}

/** What a reader can do with a post that it sees. */
interface SeenPost {
  /** Of the post; of a boost what is boosted. */
  statusId: string;
  /** Who wrote that. */
  authorId: string;
  /** It is the reader's own. */
  own: boolean;
  favourited: boolean;
  boosted: boolean;
  /** Only what everybody may see can be boosted. */
  boostable: boolean;
  follows: boolean;
}

/** Something to be done. */
interface ChosenAct {
  kind: ActKind;
  statusId: string;
  authorId: string;
  /** Seconds of the agent’s time after the act before it. */
  pause: number;
}

/** How one session is, before anything is seen. */
interface SessionDraws {
  /** How many posts are looked at. */
  looks: number;
  /** Whether nothing is done. */
  lurks: boolean;
}

const PAUSE_MIN = 5;
const PAUSE_MAX = 60;

function streamOf(seed: string, agentId: string, plannedAt: Date): RandomStream {
  return new RandomStream(keyFromText(`${seed}/${agentId}/${plannedAt.toISOString()}`), 0);
}

function draws(stream: RandomStream, { lurk_percent, posts }: SessionBehaviour): SessionDraws {
  const lurks = stream.below(100) < lurk_percent;
  const least = Math.ceil(posts / 4);
  return { lurks, looks: least + stream.below(posts - least + 1) };
}

/** How a session is: it follows from the seed, the agent and its time alone. */
export function sessionDraws(
  seed: string,
  agentId: string,
  plannedAt: Date,
  behaviour: SessionBehaviour,
): SessionDraws {
  return draws(streamOf(seed, agentId, plannedAt), behaviour);
}

/**
 * What is done in a session with what is seen, in this order: it follows from the seed, the agent, its time and the posts. Each post
 * draws as much as any other, so that what is chosen of one does not hang on what another could be used for.
 */
export function chosenActs(
  seed: string,
  agentId: string,
  plannedAt: Date,
  behaviour: SessionBehaviour,
  seen: readonly SeenPost[],
): ChosenAct[] {
  const stream = streamOf(seed, agentId, plannedAt);
  if (draws(stream, behaviour).lurks) return [];
  const acts: ChosenAct[] = [];
  const followed = new Set<string>();
  for (const post of seen) {
    const chances: [ActKind, number, boolean][] = [
      ['favourite', behaviour.favourite_percent, !post.favourited],
      ['boost', behaviour.boost_percent, post.boostable && !post.boosted],
      ['reply', behaviour.reply_percent, true],
      ['follow', behaviour.follow_percent, !post.follows && !followed.has(post.authorId)],
    ];
    for (const [kind, percent, possible] of chances) {
      const drawn = stream.below(100);
      const pause = PAUSE_MIN + stream.below(PAUSE_MAX - PAUSE_MIN + 1);
      if (drawn >= percent || !possible || post.own || acts.length >= behaviour.acts) continue;
      if (kind === 'follow') followed.add(post.authorId);
      acts.push({ kind, statusId: post.statusId, authorId: post.authorId, pause });
    }
  }
  return acts;
}
