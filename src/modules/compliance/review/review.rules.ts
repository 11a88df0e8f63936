import type { Action, RuleMatch } from '../guard/evaluate.js';

/** How urgent a review is, from the least: the gravest severity of the rules that asked for it. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where a review stands: it waits for a first opinion, for that of another person, for a third's, or for nobody. */
export const REVIEW_STATUSES = ['open', 'second_opinion', 'disputed', 'closed'] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];
/** At which status an opinion was given. */
export type OpinionStage = Exclude<ReviewStatus, 'closed'>;

/** What a reviewer may say: the text is held for good, goes on, or goes on with labels. */
export const VERDICTS = ['uphold', 'release', 'label'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a verdict makes of the decision. */
export const OUTCOMES = { uphold: 'block', release: 'allow', label: 'label' } as const satisfies Record<
  Verdict,
  Action
>;
export type Outcome = (typeof OUTCOMES)[Verdict];

/** Hours within which a review is to be closed. */
export const DUE_HOURS: Readonly<Record<Severity, number>> = { critical: 1, high: 4, medium: 24, low: 72 };

/** What reviewers need beside `reviews:decide` for what was escalated. */
export const DECIDE_ESCALATED = 'reviews:decide_escalated';

/** How long a claim holds, in minutes; claiming again extends it. */
export const LEASE_MINUTES = 15;

/** Severities of which one person alone lets nothing go on. */
const GRAVE: ReadonlySet<Severity> = new Set(['high', 'critical']);

/** Whether a decision waits for people: all that neither may go on nor is blocked. */
export function needsReview(action: Action): boolean {
  return action !== 'allow' && action !== 'label' && action !== 'block';
}

/** The gravest severity of the matches that may not simply go on; `medium` where there is none. */
export function severityOf(matches: readonly Pick<RuleMatch, 'action' | 'severity'>[]): Severity {
  const ranks = matches
    .filter(({ action }) => action !== 'label')
    .map(({ severity }) => SEVERITIES.indexOf(severity));
  return SEVERITIES[Math.max(...ranks)] ?? 'medium';
}

/** An opinion that was given in the same round. */
export interface GivenOpinion {
  verdict: Verdict;
  labels: readonly string[];
}

/** What an opinion is given on. */
export interface Standing {
  status: OpinionStage;
  severity: Severity;
  /** What an appeal is against; null in the first round. */
  against: Action | null;
  /** The opinions of this round, in their order. */
  given: readonly GivenOpinion[];
}

/** What comes of an opinion. */
export type Consequence =
  { status: 'closed'; outcome: Outcome; labels: string[] } | { status: 'second_opinion' | 'disputed' };

/**
 * What an opinion makes of a review. The first one closes it, unless it was asked for another person's, lets something grave go
 * on, or overturns what an appeal is against; then a second person is asked. Two who agree close it; of two who do not, a third
 * decides.
 * @param wantsSecond whether the reviewer asks for another person's opinion
 */
export function consequenceOf(
  { status, severity, against, given }: Standing,
  { verdict, labels }: GivenOpinion,
  wantsSecond: boolean,
): Consequence {
  const lets = verdict !== 'uphold';
  const overturns = against !== null && OUTCOMES[verdict] !== against;
  if (status === 'open' && (wantsSecond || overturns || (lets && GRAVE.has(severity)))) {
    return { status: 'second_opinion' };
  }
  if (status === 'second_opinion' && given.some((first) => first.verdict !== verdict)) {
    return { status: 'disputed' };
  }
  const agreeing = given.filter((each) => each.verdict === verdict).flatMap((each) => each.labels);
  return {
    status: 'closed',
    outcome: OUTCOMES[verdict],
    labels: [...new Set([...agreeing, ...labels])].toSorted(),
  };
}
