import { EvaluationError, ParseError, TypeError as CelTypeError, type ASTNode } from '@marcbachmann/cel-js';
import { MAX_LISTED, type ConditionLanguage } from './condition-language.js';
import { CONTEXT_FIELDS } from './guard-context.js';
import { OPINION_SOURCES, SCORE_HEADS, type ScoreHead } from './text-classifier.js';

/** What a condition may cost at worst, in steps: one for each part of it, times the elements it is asked of. */
export const MAX_CONDITION_STEPS = 5_000;

const OPERATORS = new Set<string>(
  '&& || !_ ?: == != < <= > >= in + - * / -_ . call rcall id value list'.split(' '),
);
/** Comprehensions, each over a list of bounded length. `map` is left out: what it makes is of no use in a condition. */
const MACROS = new Set(['exists', 'all', 'exists_one', 'filter']);
const FUNCTIONS = new Set('size int double contains startsWith endsWith lowerAscii'.split(' '));

/** A condition that is not valid; its message says where in the expression. */
export class ConditionError extends Error {}

/** What a condition asks about a text: a value for each variable of the language. */
export type ConditionSignals = object;

/** What a condition reads. */
interface Reads {
  readonly heads: Set<ScoreHead>;
  readonly lexicon: Set<string>;
  pii: boolean;
  text: boolean;
}

/** A condition of a rule, ready to be asked. */
export class Condition {
  /** The heads whose scores it reads. */
  readonly heads: readonly ScoreHead[];
  /** What it reads of the lexicon. */
  readonly lexicon: readonly string[];
  readonly readsPii: boolean;
  /** Whether it reads anything of the text, and not only what is known besides. */
  readonly readsText: boolean;
  /** What it costs at worst, in steps. */
  readonly steps: number;

  private constructor(
    private readonly run: (signals: ConditionSignals) => unknown,
    reads: Reads,
    steps: number,
  ) {
    this.heads = [...reads.heads];
    this.lexicon = [...reads.lexicon];
    this.readsPii = reads.pii;
    this.readsText = reads.text;
    this.steps = steps;
  }

  /** Compiles an expression. @throws ConditionError */
  static compile(source: string, language: ConditionLanguage): Condition {
    try {
      const parsed = language.parse(source);
      const reads: Reads = { heads: new Set(), lexicon: new Set(), pii: false, text: false };
      const steps = stepsOf(parsed.ast, reads, false);
      if (steps > MAX_CONDITION_STEPS)
        throw new ConditionError(`takes up to ${steps} steps, at most ${MAX_CONDITION_STEPS} are allowed`);
      return new Condition(parsed, reads, steps);
    } catch (error) {
      if (error instanceof ConditionError) throw error;
      throw new ConditionError(messageOf(error), { cause: error });
    }
  }

  /** Whether it holds. @throws what a signal throws, and CEL where its arithmetic has no result */
  holds(signals: ConditionSignals): boolean {
    return this.run(signals) === true;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
    const at = error.range === undefined ? '' : ` at character ${error.range.start + 1}`;
    return `${error.summary}${at}`;
  }
  return error instanceof Error ? error.message : String(error);
}

function refuse(what: string, node: ASTNode): never {
  throw new ConditionError(`${what} at character ${node.range.start + 1}`);
}

/** What an expression costs at worst; notes what it reads. @throws ConditionError for what conditions may not do */
function stepsOf(node: ASTNode, reads: Reads, repeated: boolean): number {
  if (!OPERATORS.has(node.op)) refuse(`${node.op} has no place in a condition`, node);
  if (node.op === 'id' && !Object.hasOwn(CONTEXT_FIELDS, node.args)) reads.text = true;
  if (node.op === 'id' || node.op === 'value') return 1;
  if (node.op === '.') {
    noteRead(node, reads);
    return 1 + stepsOf(node.args[0], reads, repeated);
  }
  if (node.op === 'call') return callSteps(node, node.args[0], node.args[1], { reads, repeated });
  if (node.op === 'rcall') {
    const [name, receiver, given] = node.args;
    return stepsOf(receiver, reads, repeated) + callSteps(node, name, given, { reads, repeated });
  }
  const own = node.op === 'in' ? MAX_LISTED : 1;
  return own + sum(partsOf(node.args), reads, repeated);
}

function callSteps(
  node: ASTNode,
  name: string,
  given: readonly ASTNode[],
  { reads, repeated }: { reads: Reads; repeated: boolean },
): number {
  if (!FUNCTIONS.has(name) && !MACROS.has(name)) refuse(`${name}() has no place in a condition`, node);
  if (!MACROS.has(name)) return 1 + sum(given, reads, repeated);
  if (repeated) refuse(`${name}() may not stand within another`, node);
  return 1 + MAX_LISTED * sum(given, reads, true);
}

const sum = (nodes: readonly ASTNode[], reads: Reads, repeated: boolean): number =>
  nodes.reduce((total, node) => total + stepsOf(node, reads, repeated), 0);

const partsOf = (args: unknown): ASTNode[] => (Array.isArray(args) ? args : [args]) as ASTNode[];

const SCORES = new Set<string>(['scores', ...OPINION_SOURCES]);

function noteRead(node: ASTNode & { op: '.' }, reads: Reads): void {
  const [record, field] = node.args;
  if (record.op !== 'id') return;
  if (SCORES.has(record.args)) {
    const head = SCORE_HEADS.find((each) => each === field);
    if (head !== undefined) reads.heads.add(head);
  }
  if (record.args === 'lexicon') reads.lexicon.add(field);
  if (record.args === 'pii') reads.pii = true;
}
