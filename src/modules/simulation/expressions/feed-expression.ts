import { Environment } from '@marcbachmann/cel-js';
import { PARTS, type Ranker, type Signals } from '../../../engine/index.js';

/** No score is farther from 0: the event log holds single-precision numbers. */
const FARTHEST = 1e38;

/** Structural limits of an expression; the parser refuses what is beyond them. */
const LIMITS = { maxAstNodes: 200, maxDepth: 16, maxListElements: 0, maxMapEntries: 0, maxCallArguments: 2 };

/** What an expression may ask of a candidate is documented in docs/guides/simulate.md. */
const LANGUAGE = PARTS.reduce(
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
for (const name of PARTS) {
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
    if (error !== undefined) return `${error.summary}; signals are followed, ${PARTS.join(', ')}`;
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
  const asked = new Set(source.match(/[a-z]+/gu));
  let view: View | undefined;
  return {
    parts: PARTS.filter((name) => asked.has(name)),
    score: (signals) => {
      if (view?.signals !== signals) view = new View(signals);
      const score: unknown = run(view);
      if (typeof score !== 'number' || !Number.isFinite(score)) return -FARTHEST;
      return Math.min(Math.max(score, -FARTHEST), FARTHEST);
    },
  };
}
