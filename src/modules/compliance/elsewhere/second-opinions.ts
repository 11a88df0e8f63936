import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { circuitBreaker, ConsecutiveBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { Metrics } from '../../../core/metrics/index.js';
import { MAX_TEXT_LENGTH } from '../guard/compiled-policies.js';
import type { Opinion } from '../guard/seconded-classifier.js';
import type { OpinionSource } from '../guard/text-classifier.js';
import { codeOf } from './judge.js';
import { OutsideError, type GivenScores, type OutsideClassifier } from './outside-classifier.js';

/** The classifiers elsewhere that are configured. */
export const OUTSIDE_CLASSIFIERS = Symbol('OUTSIDE_CLASSIFIERS');

/** The most different texts of a decision that others are asked about; what is beyond is decided without them. */
const MOST_TEXTS = 100;
/** After so many failures in a row, nobody is asked for a while, in milliseconds: decisions do not wait in vain. */
const BREAK_AFTER = 5;
const BREAK_MS = 30_000;
/** So long after the end of the time, in milliseconds, a classifier may still hand over what it has. */
const GRACE_MS = 100;
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Outages that more than one text shows: not that a classifier made nothing of what it was given. */
const OUTAGES = new Set([
  'timeout',
  'egress_failed',
  'egress_timeout',
  'llm_unavailable',
  'llm_model_missing',
]);

interface Asked {
  classifier: OutsideClassifier;
  breaker: ReturnType<typeof circuitBreaker>;
}

/** Asks classifiers elsewhere what they think of texts, all at once. */
@Injectable()
export class SecondOpinions {
  private readonly asked: readonly Asked[];
  private readonly answers;
  private readonly seconds;
  private readonly timeoutMs: number;

  constructor(
    @Inject(OUTSIDE_CLASSIFIERS) classifiers: readonly OutsideClassifier[],
    @Inject(CONFIG) config: Pick<Config, 'guard' | 'complianceEnabled'>,
    metrics: Metrics,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(SecondOpinions.name);
    this.timeoutMs = config.guard.timeoutSeconds * 1_000;
    const known = config.complianceEnabled ? classifiers : [];
    this.asked = known.map((classifier) => ({
      classifier,
      breaker: circuitBreaker(handleWhen(isOutage), {
        halfOpenAfter: BREAK_MS,
        breaker: new ConsecutiveBreaker(BREAK_AFTER),
      }),
    }));
    this.answers = metrics.counter({
      name: 'compliance_opinions_total',
      help: 'Classifiers elsewhere that were asked about a decision, by what came of it: answered, partial, or the code of a failure.',
      labels: ['source', 'outcome'],
    });
    this.seconds = metrics.histogram({
      name: 'compliance_opinion_duration_seconds',
      help: 'Time until a classifier elsewhere had answered or failed.',
      labels: ['source'],
      buckets: SECONDS,
    });
  }

  /**
   * What others think of the texts of a decision; undefined where nobody is to be asked. Waits for them, so not within a
   * transaction. Never throws: whoever does not answer in time has no opinion, and it says why.
   */
  async on(texts: readonly { text: string }[]): Promise<Opinion[] | undefined> {
    if (this.asked.length === 0) return undefined;
    const read = texts.map(({ text }) => text.slice(0, MAX_TEXT_LENGTH));
    const different = [...new Set(read.filter((text) => text.trim() !== ''))];
    const given = different.slice(0, MOST_TEXTS);
    if (given.length === 0) return [];
    const signal = AbortSignal.timeout(this.timeoutMs);
    return Promise.all(
      this.asked.map(async (asked) => {
        const { model, problem, scores } = await this.ask(asked, given, signal);
        const said = new Map(given.map((text, at) => [text, scores[at] ?? {}]));
        return {
          source: asked.classifier.source,
          model,
          problem: problem ?? (given.length < different.length ? 'too_many_texts' : null),
          scores: read.map((text) => said.get(text) ?? {}),
        };
      }),
    );
  }

  private async ask(
    { classifier, breaker }: Asked,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<{ model: string | null; problem: string | null; scores: (GivenScores | undefined)[] }> {
    const { source } = classifier;
    const started = performance.now();
    try {
      const answer = await breaker.execute(() => inTime(classifier.classify(texts, signal), this.timeoutMs));
      this.told(source, answer.problem === null ? 'answered' : 'partial', started);
      return answer;
    } catch (error) {
      const problem = isBrokenCircuitError(error) ? 'left_alone' : codeOf(error);
      this.told(source, problem, started);
      this.logger.warn({ source, problem, err: error }, 'a classifier elsewhere has not answered');
      return { model: null, problem, scores: [] };
    }
  }

  private told(source: OpinionSource, outcome: string, started: number): void {
    this.answers.inc({ source, outcome });
    this.seconds.observe({ source }, (performance.now() - started) / 1_000);
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof OutsideError ? error.isOutage : OUTAGES.has(codeOf(error));
}

/** Whatever a classifier does with its signal, nobody waits much longer. @throws a TimeoutError */
async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const done = new AbortController();
  try {
    return await Promise.race([work, end(milliseconds + GRACE_MS, done.signal)]);
  } finally {
    done.abort();
  }
}

async function end(milliseconds: number, signal: AbortSignal): Promise<never> {
  await sleep(milliseconds, undefined, { signal });
  throw new DOMException('the time is over', 'TimeoutError');
}
