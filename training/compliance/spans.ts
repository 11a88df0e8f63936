import { logistic } from '../../src/engine/math.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { SPAN_VALUES } from '../../src/modules/compliance/classifiers/classifiers.js';
import { Features, WINDOW_TOKENS } from '../../src/modules/compliance/classifiers/features.js';
import { COLUMNS, SPAN_COLUMN } from '../../src/modules/compliance/classifiers/heads.js';
import { TokenKind, type Token, type Tokeniser } from '../../src/modules/compliance/classifiers/tokens.js';
import { FeatureLists, type LinearModel } from './trainer.js';

const ROUNDS = 4;
const RATE = 0.15;
/** Marked words are few; each counts this much. */
const MARKED_WEIGHT = 1.6;

/** Learns, into the column of spans, which words readers mark as toxic. */
export function learnSpans(
  model: LinearModel,
  comments: readonly { text: string; marked: ReadonlySet<number> }[],
  tokeniser: Tokeniser,
  seed: string,
): void {
  const lists = new FeatureLists();
  const targets: number[] = [];
  for (const { text, marked } of comments) {
    const tokens = tokeniser.read(text).slice(0, WINDOW_TOKENS);
    if (marked.size > 0) readWords(tokens, marked, lists, targets);
  }
  const sums = new Float64Array(COLUMNS);
  const gradients = new Float64Array(COLUMNS);
  const draw = new RandomStream(keyFromText(`${seed}:spans`), 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let step = 0; step < lists.count; step += 1) {
      const list = Math.floor(draw.unit() * lists.count);
      const target = targets[list] ?? 0;
      model.sums(lists, list, sums);
      const gap = logistic(sums[SPAN_COLUMN] ?? 0) - target;
      gradients[SPAN_COLUMN] = gap * (target === 1 ? MARKED_WEIGHT : 1);
      model.step(lists, list, gradients, RATE / (1 + round));
    }
  }
}

function readWords(
  tokens: readonly Token[],
  marked: ReadonlySet<number>,
  lists: FeatureLists,
  targets: number[],
): void {
  const features = new Features();
  features.read(tokens, []);
  const places: number[][] = tokens.map(() => []);
  for (let at = 0; at < features.length; at += 1) places[features.owners[at] ?? -1]?.push(at);
  tokens.forEach((token, index) => {
    if (token.kind === TokenKind.mark) return;
    const own = places[index] ?? [];
    lists.push(
      Int32Array.from(own, (at) => features.buckets[at] ?? 0),
      Uint8Array.from(own, (at) => features.families[at] ?? 0),
      own.length,
      SPAN_VALUES,
    );
    targets.push(marked.has(token.start) ? 1 : 0);
  });
}
