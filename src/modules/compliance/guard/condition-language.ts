import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { PII_KINDS, type PiiKind } from '../pii/index.js';
import { CONTEXT_FIELDS, type ContextGroup, type GuardContext } from './guard-context.js';
import { OPINION_SOURCES, SCORE_HEADS, type OpinionSource, type ScoreHead } from './text-classifier.js';

/** The most links, hashtags and mentions of a text that a condition sees, and the most characters of each. */
export const MAX_LISTED = 50;
export const MAX_LISTED_LENGTH = 100;

/** Structural limits of a condition; the parser refuses what is beyond them. */
const LIMITS = {
  maxAstNodes: 200,
  maxDepth: 16,
  maxListElements: MAX_LISTED,
  maxMapEntries: 0,
  maxCallArguments: 2,
};

/** Values under names: `scores.hate`. A class with a getter for each, so that no other name leads anywhere. */
type RecordClass<F extends string> = new (valueOf: (field: F) => unknown) => object;

function recordClass<F extends string>(fields: readonly F[]): RecordClass<F> {
  class SignalRecord {
    constructor(readonly valueOf: (field: F) => unknown) {}
  }
  for (const field of fields) {
    Object.defineProperty(SignalRecord.prototype, field, {
      get(this: SignalRecord) {
        return this.valueOf(field);
      },
    });
  }
  return SignalRecord;
}

const typeNameOf = (variable: string): string =>
  `${variable.charAt(0).toUpperCase()}${variable.slice(1)}Signals`;

function declare<F extends string>(
  environment: Environment,
  variable: string,
  fields: Readonly<Record<F, string>>,
): RecordClass<F> {
  const ctor = recordClass(Object.keys(fields) as F[]);
  const type = typeNameOf(variable);
  environment.registerType(type, { ctor, fields }).registerVariable(variable, type);
  return ctor;
}

const typed = <F extends string>(names: readonly F[], type: string): Record<F, string> =>
  Object.fromEntries(names.map((name) => [name, type])) as Record<F, string>;

const BASE = new Environment({ limits: LIMITS })
  .registerVariable('links', 'list<string>')
  .registerVariable('hashtags', 'list<string>')
  .registerVariable('mentions', 'list<string>')
  .registerVariable('language', 'string')
  .registerVariable('length', 'int');

export const Scores = declare<ScoreHead>(BASE, 'scores', typed(SCORE_HEADS, 'double'));
/** The scores with what one classifier elsewhere said, for each of them. */
export const ScoresWith = Object.fromEntries(
  OPINION_SOURCES.map((source) => [source, declare<ScoreHead>(BASE, source, typed(SCORE_HEADS, 'double'))]),
) as Record<OpinionSource, RecordClass<ScoreHead>>;
export const Elsewhere = declare<'asked' | 'failed'>(BASE, 'elsewhere', typed(['asked', 'failed'], 'int'));
export const PiiCounts = declare<PiiKind>(BASE, 'pii', typed(PII_KINDS, 'int'));

type Known = Readonly<Record<string, string | number | boolean | undefined>>;

const GROUPS = Object.entries(CONTEXT_FIELDS).map(([group, fields]) => {
  const Group = declare(BASE, group, fields);
  const signalsOf = (known: Known): object =>
    new Group((field) => {
      const value = known[field];
      if (fields[field] === 'int') return BigInt(value ?? 0);
      return value ?? (fields[field] === 'bool' ? false : '');
    });
  return { group: group as ContextGroup, signalsOf, unknown: signalsOf({}) };
});

/** What a condition sees of the context: every group and field, whatever is known of them. */
export function contextSignals(given: GuardContext): Record<ContextGroup, object> {
  const signals = {} as Record<ContextGroup, object>;
  for (const { group, signalsOf, unknown } of GROUPS) {
    const known = given[group];
    signals[group] = known === undefined ? unknown : signalsOf(known);
  }
  return signals;
}

/** The conditions of one policy: its lists and rules are `lexicon.<name>` there, with `_` for each dash. */
export class ConditionLanguage {
  readonly Lexicon: RecordClass<string>;
  private readonly environment: Environment;

  constructor(readonly lexicon: readonly string[]) {
    this.environment = BASE.clone();
    this.Lexicon = declare(this.environment, 'lexicon', typed(lexicon, 'int'));
  }

  /** Reads an expression and checks its types. @throws ParseError, TypeError of CEL, with the range of what is wrong */
  parse(source: string): ParseResult {
    const parsed = this.environment.parse(source);
    const checked = parsed.check();
    if (checked.error !== undefined) throw checked.error;
    if (checked.type !== 'bool') throw new Error(`it is of type ${checked.type ?? 'unknown'}, expected bool`);
    return parsed;
  }
}

/** How a rule or a set is called in conditions. */
export function lexiconName(name: string): string {
  return name.replaceAll('-', '_');
}
