import type { Evaluation, RuleMatch } from './guard/evaluate.js';
import type { Opinion } from './guard/seconded-classifier.js';

/** What an action means for the text. */
const CONSEQUENCES: Record<Evaluation['action'], string> = {
  allow: 'The text may go on.',
  label: 'The text may go on with a label.',
  review: 'The text waits until a person has decided.',
  escalate: 'The text waits until someone with more say has decided.',
  block: 'The text may not go on.',
};

/** Places of one rule, and rules, that a statement names; the matches have them all. */
const MOST_PLACES = 3;
const MOST_RULES = 20;

/** What reasons follow from. */
type Reasons = Omit<Evaluation, 'compliance_score' | 'scores'> & {
  opinions?: readonly Opinion[] | null | undefined;
};

/**
 * Why a decision is what it is, in English: what happens to the text, then every rule that matched, the strictest first,
 * with where it did and in how many places, then those in rehearsal, which had no part in it, and at last which classifiers
 * elsewhere were asked, and which did not answer. The same evaluation gives the same words.
 * @param goesBy the decision whose words people have let go, where they had no part in it for that
 */
export function statementOfReasons(
  { action, labels, matches, shadow_matches, opinions }: Reasons,
  checked: boolean,
  goesBy?: string,
): string {
  if (!checked) return 'The guard was off: nothing was checked, and nothing vouches for the text.';
  const rules = byRule(matches);
  const strictest = rules.toSorted((a, b) => strictness(b) - strictness(a));
  const sentences = strictest.slice(0, MOST_RULES).map(sentenceOf);
  if (rules.length > MOST_RULES) sentences.push(`${rules.length - MOST_RULES} more rules matched.`);
  if (rules.length === 0) sentences.push('No rule matched.');
  if (labels.length > 0) sentences.push(`Its labels: ${labels.join(', ')}.`);
  if (goesBy !== undefined) sentences.push(`People have let go what the decision ${goesBy} held.`);
  const others = (opinions ?? []).map(aboutOpinion);
  return [CONSEQUENCES[action], ...sentences, ...aboutShadows(shadow_matches), ...others].join(' ');
}

/** How a classifier elsewhere is called. */
const SOURCES: Record<Opinion['source'], string> = {
  judge: 'language model that judges',
  moderation: 'moderation endpoint',
  remote: 'remote classifier',
};

function aboutOpinion({ source, model, problem }: Opinion): string {
  const who = `The ${SOURCES[source]}`;
  if (model === null)
    return `${who} did not answer (${problem ?? 'failed'}): the local classifiers stand in for it.`;
  if (problem === null) return `${who} was asked, too (${model}).`;
  return `${who} (${model}) answered about some of the texts (${problem}): the local classifiers stand in for it in the others.`;
}

/** Of rules that did not act. */
function aboutShadows(matches: readonly RuleMatch[]): string[] {
  const rules = byRule(matches).map(([{ policy, rule, action }]) => `${policy}/${rule} (${action})`);
  if (rules.length === 0) return [];
  const more = rules.length > MOST_RULES ? ` and ${rules.length - MOST_RULES} more` : '';
  return [`In rehearsal, without effect: ${rules.slice(0, MOST_RULES).join(', ')}${more}.`];
}

/** At least one. */
type MatchesOfRule = [RuleMatch, ...RuleMatch[]];

function byRule(matches: readonly RuleMatch[]): MatchesOfRule[] {
  const groups = new Map<string, MatchesOfRule>();
  for (const match of matches) {
    const name = `${match.policy}/${match.rule}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [match]);
    else group.push(match);
  }
  return [...groups.values()];
}

const ORDER = Object.keys(CONSEQUENCES);

/** Of a rule's matches; one that could not be run asks for another action than its others. */
const strictness = (matches: readonly RuleMatch[]): number =>
  Math.max(...matches.map(({ action }) => ORDER.indexOf(action)));

function sentenceOf(matches: MatchesOfRule): string {
  const [{ policy, policy_version, rule, title, severity, action }] = matches;
  const places = matches.slice(0, MOST_PLACES).map(placeOf);
  const more = matches.length - places.length;
  const where = [...places, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `Rule ${policy}/${rule} of version ${policy_version} (${title}; ${severity} severity) asks for ${action}: ${where}.`;
}

/** Without the text itself, which may be what nobody is to read. */
function placeOf({ field, start, end }: RuleMatch): string {
  return `${field} ${start}–${end}`;
}
