import { findPii, type PiiKind, type PiiSpan } from '../pii/index.js';
import { Elsewhere, PiiCounts, Scores, ScoresWith } from './condition-language.js';
import { findReferences, type References } from './references.js';
import type { ContextGroup } from './guard-context.js';
import type { OpinionSource, ScoreHead, TextClassifier } from './text-classifier.js';

/** One text and what is found in it, each when it is first asked for: most texts are asked for little. */
export class TextSignals {
  readonly scores = new Scores((head) => this.score(head));
  readonly pii = new PiiCounts((kind) => this.piiCount(kind));
  /** What was found of the lexicon of the policy whose conditions are asked. */
  lexicon: object = {};
  private piiSpans: readonly PiiSpan[] | undefined;
  private piiCounts: Map<PiiKind, bigint> | undefined;
  private spoken: string | undefined;
  private given: Float32Array | undefined;
  private references: References | undefined;

  /**
   * @param text as it was given, cut to what is read of it
   * @param folded the same, folded
   * @param whole its length before it was cut
   */
  constructor(
    readonly text: string,
    private readonly folded: string,
    private readonly whole: number,
    private readonly classifier: TextClassifier | undefined,
    private readonly context: Readonly<Record<ContextGroup, object>>,
  ) {}

  get judge(): object {
    return this.scoresWith('judge');
  }

  get moderation(): object {
    return this.scoresWith('moderation');
  }

  get remote(): object {
    return this.scoresWith('remote');
  }

  get elsewhere(): object {
    return new Elsewhere((field) => BigInt(this.classifier?.elsewhere?.[field] ?? 0));
  }

  get agent(): object {
    return this.context.agent;
  }

  get campaign(): object {
    return this.context.campaign;
  }

  get platform(): object {
    return this.context.platform;
  }

  get history(): object {
    return this.context.history;
  }

  get rate(): object {
    return this.context.rate;
  }

  get length(): bigint {
    return BigInt(this.whole);
  }

  get language(): string {
    this.spoken ??= this.classifier?.language(this.text) ?? 'und';
    return this.spoken;
  }

  get links(): string[] {
    return this.referenced().links;
  }

  get hashtags(): string[] {
    return this.referenced().hashtags;
  }

  get mentions(): string[] {
    return this.referenced().mentions;
  }

  /** What the text was scored, if a rule asked. */
  scored(): Float32Array | undefined {
    return this.given;
  }

  /** The personal data in the text. */
  personalData(): readonly PiiSpan[] {
    this.piiSpans ??= findPii(this.text);
    return this.piiSpans;
  }

  /** The parts of the text that carry its score of a head. */
  explain(head: ScoreHead): { start: number; end: number }[] {
    return this.classifier?.explain(this.text, head) ?? [];
  }

  /** @throws where nothing scores texts for the head: a rule that asks must not pass for one that found nothing */
  private score(head: ScoreHead, source?: OpinionSource): number {
    const place = this.classifier?.heads.indexOf(head) ?? -1;
    if (this.classifier === undefined || place < 0) throw new Error(`nothing scores ${head}`);
    this.given ??= this.classifier.scores(this.text);
    const together = source && this.classifier.scoresWith?.(source, this.text);
    const score = (together ?? this.given)[place];
    if (score === undefined || Number.isNaN(score)) throw new Error(`there is no score of ${head}`);
    return score;
  }

  private scoresWith(source: OpinionSource): object {
    return new ScoresWith[source]((head) => this.score(head, source));
  }

  private piiCount(kind: PiiKind): bigint {
    if (this.piiCounts === undefined) {
      this.piiCounts = new Map();
      for (const span of this.personalData())
        this.piiCounts.set(span.kind, (this.piiCounts.get(span.kind) ?? 0n) + 1n);
    }
    return this.piiCounts.get(kind) ?? 0n;
  }

  private referenced(): References {
    this.references ??= findReferences(this.folded);
    return this.references;
  }
}
