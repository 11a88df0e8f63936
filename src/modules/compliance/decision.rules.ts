import { createHash, hash, type Hash } from 'node:crypto';
import { isStricter, mayPass } from './guard/actions.js';
import type { Evaluation, LetGoMatch, RuleMatch, TextField } from './guard/evaluate.js';
import type { GuardContext } from './guard/guard-context.js';
import type { Opinion } from './guard/seconded-classifier.js';
import type { PolicyVersion } from './policy/policy-library.js';
import type { TextPrints } from './text-prints.js';

/** What a decision is about. */
export interface DecisionSubject {
  /** `draft`, `population`. */
  readonly type: string;
  readonly id: string;
  /** The agent whose text it is. */
  readonly agentId?: string;
  /** What it is written for. */
  readonly campaignId?: string | undefined;
}

/** What is to be decided on: a subject with its texts. */
export interface DecisionRequest {
  readonly subject: DecisionSubject;
  readonly texts: readonly TextField[];
  /** What is known besides the texts. */
  readonly context?: GuardContext | undefined;
  /** What classifiers elsewhere said of the texts, where they were asked. */
  readonly opinions?: readonly Opinion[] | undefined;
  /** What others are compared with it by, where that is to be. */
  readonly prints?: TextPrints | undefined;
}

/** What conditions are told of a subject: what is known besides, and whose text it is. */
export function contextOf(
  agentId: string | null | undefined,
  context: GuardContext | null | undefined,
): GuardContext | undefined {
  if (typeof agentId !== 'string') return context ?? undefined;
  return { ...context, agent: { id: agentId, ...context?.agent } };
}

/** What rules that act on a part of the subjects know a subject by. */
export function subjectKey({ type, id }: DecisionSubject): string {
  return `${type}:${id}`;
}

/** What the guard says about some texts, not stored yet. */
export interface Assessment {
  readonly evaluation: Evaluation;
  /** SHA-256 over the names and texts of the fields, in their order. */
  readonly textHash: string;
  /** False when the guard is off. */
  readonly checked: boolean;
  /** How long the guard read, in microseconds; whole. */
  readonly latencyUs: number;
  /** The policies that judged; none when the guard is off. */
  readonly policies: readonly PolicyVersion[];
  /** Of those policies, see PoliciesInForce, and of the opinions. */
  readonly fingerprint: string;
  /** What was known besides the texts. */
  readonly context?: GuardContext | undefined;
  /** What classifiers elsewhere said; undefined where none was asked. */
  readonly opinions?: readonly Opinion[] | undefined;
  /** What people let go before, where the decision goes by it. */
  readonly goesBy?: LetGo | undefined;
}

/** A decision that held a text, and what people made of it. */
export interface LetGo {
  readonly decisionId: string;
  readonly action: 'allow' | 'label';
  readonly labels: readonly string[];
  readonly matches: readonly RuleMatch[];
}

/** What is compared of two words. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** Whether a match says no more than words of the same rule that people have let go: it is them, or they are in it. */
export function isCovered({ matches }: LetGo, match: LetGoMatch): boolean {
  const text = plain(match.text);
  return matches.some(
    ({ policy, rule, action, text: released }) =>
      !mayPass(action) &&
      policy === match.policy &&
      rule === match.rule &&
      (released === '' ? text === '' : text.includes(plain(released))),
  );
}

/** The evaluation of what goes by what people decided: with the labels that they gave. */
export function goingBy(evaluation: Evaluation, { action, labels }: LetGo): Evaluation {
  return {
    ...evaluation,
    action: isStricter(action, evaluation.action) ? action : evaluation.action,
    labels: [...new Set([...evaluation.labels, ...labels])].toSorted(),
  };
}

/** The label of everything that passes while the guard is off. */
export const UNCHECKED_LABEL = 'unchecked';

/** What is said of any text while the guard is off: it may go on, with a label, and nothing vouches for it. */
export const UNCHECKED: Evaluation = {
  action: 'label',
  compliance_score: 0,
  labels: [UNCHECKED_LABEL],
  matches: [],
  shadow_matches: [],
  scores: null,
};

/**
 * When the labels of a decision end, by label, as RFC 3339: of a label that several rules give the latest time. A label
 * that one of them gives for ever is not there.
 */
export function labelExpiries({
  decided_at,
  matches,
}: {
  decided_at: Date;
  matches: readonly RuleMatch[];
}): Record<string, string> {
  const ends = new Map<string, number>();
  for (const { label, label_expires_in: seconds = Infinity } of matches) {
    if (label === undefined) continue;
    const end = decided_at.getTime() + seconds * 1000;
    ends.set(label, Math.max(end, ends.get(label) ?? end));
  }
  const ending = [...ends].filter(([, end]) => Number.isFinite(end));
  return Object.fromEntries(ending.map(([label, end]) => [label, new Date(end).toISOString()]));
}

/** So much is hashed at once, in UTF-16 units: of most subjects everything, which takes half the time. */
const HASHED_AT_ONCE = 65_536;

/** The SHA-256 over the names and texts of a subject's fields. */
export class TextHash {
  private held = '';
  private begun: Hash | undefined;

  add({ field, text }: TextField): void {
    this.held += JSON.stringify([field, text]);
    if (this.held.length < HASHED_AT_ONCE) return;
    this.begun ??= createHash('sha256');
    this.begun.update(this.held);
    this.held = '';
  }

  /** In lower-case hexadecimal. */
  digest(): string {
    if (this.begun === undefined) return hash('sha256', this.held, 'hex');
    return this.begun.update(this.held).digest('hex');
  }
}

/** The id of a decision, a UUID shaped as version 4: a function of what was decided on and by which policies. */
export function decisionId(subject: DecisionSubject, textHash: string, fingerprint: string): string {
  const identity = JSON.stringify([subject.type, subject.id, textHash, fingerprint]);
  const bytes = createHash('sha256').update(identity).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** Matches as JSON in PostgreSQL can hold them: neither NUL nor half a surrogate pair in their texts. */
export function storableMatches(matches: readonly RuleMatch[]): RuleMatch[] {
  return matches.map((match) => ({
    ...match,
    text: match.text.replaceAll('\0', '\ufffd').replaceAll(/\p{Cs}/gu, '\ufffd'),
  }));
}
