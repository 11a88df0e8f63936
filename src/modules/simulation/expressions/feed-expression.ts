import { Environment } from '@marcbachmann/cel-js';
import type { Ranker, Signals } from '../../../engine/index.js';

/** What an expression may ask of a candidate, each a number; documented in docs/guides/simulate.md. */
const SIGNALS = [
  'affinity',
  'interest',
  'recency',
  'age',
  'popularity',
  'quality',
  'shown',
  'reactions',
  'comments',
  'reposts',
  'followers',
  'alikes',
  'chance',
] as const satisfies readonly (keyof Signals)[];

/** No score is farther from 0: the event log holds single-precision numbers. */
const FARTHEST = 1e38;

/** Structural limits of an expression; the parser refuses what is beyond them. */
const LIMITS = { maxAstNodes: 200, maxDepth: 16, maxListElements: 0, maxMapEntries: 0, maxCallArguments: 2 };

const LANGUAGE = SIGNALS.reduce(
  (language, name) => language.registerVariable(name, 'double'),
  new Environment({ limits: LIMITS }),
)
  .registerVariable('followed', 'bool')
  .registerFunction('min(double, double): double', (a: number, b: number) => Math.min(a, b))
  .registerFunction('max(double, double): double', (a: number, b: number) => Math.max(a, b));

/** Signals under the names that expressions use. */
class View {
  constructor(readonly signals: Signals) {}

  get followed(): boolean {
    return this.signals.edge >= 0;
  }
}
for (const name of SIGNALS) {
  Object.defineProperty(View.prototype, name, {
    get(this: { readonly signals: Signals }) {
      return this.signals[name];
    },
  });
}

/** What is wrong with an expression as a feed; undefined when nothing is. */
export function expressionProblem(source: string): string | undefined {
  try {
    const { error, type } = LANGUAGE.parse(source).check();
    if (error !== undefined) return `${error.summary}; signals are followed, ${SIGNALS.join(', ')}`;
    return type === 'double'
      ? undefined
      : `is of type ${type ?? 'unknown'}, expected double; write 1.0 for 1`;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'cannot be read') : 'cannot be read';
  }
}

/** A feed of an expression without problems. What has no finite number, such as a division by nothing, is shown last. */
export function feedOfExpression(source: string): Ranker {
  const run = LANGUAGE.parse(source);
  let view: View | undefined;
  return (signals) => {
    if (view?.signals !== signals) view = new View(signals);
    const score: unknown = run(view);
    if (typeof score !== 'number' || !Number.isFinite(score)) return -FARTHEST;
    return Math.min(Math.max(score, -FARTHEST), FARTHEST);
  };
}
