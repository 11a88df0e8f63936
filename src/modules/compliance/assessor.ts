import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../core/config/index.js';
import { TextHash, UNCHECKED, type Assessment } from './decision.rules.js';
import { TextEvaluator, type Circumstances, type TextField } from './guard/evaluate.js';
import { PolicyLibrary, type PoliciesInForce } from './policy/policy-library.js';

/** After so many characters the event loop gets its turn: some ten milliseconds of work. */
export const CHARACTERS_A_TURN = 200_000;
const MOST_REMEMBERED = 100_000;

/** Reads texts by the policies in force, and by nothing but what it is given besides. */
@Injectable()
export class Assessor implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    readonly policies: PolicyLibrary,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Assessor.name);
  }

  onModuleInit(): void {
    if (this.config.complianceEnabled) return;
    this.logger.warn(
      'the compliance guard is off (AZT3KNET_COMPLIANCE_ENABLED): everything is marked unchecked',
    );
  }

  /** What a decision on some texts would be. */
  async assess(texts: readonly TextField[], circumstances?: Circumstances): Promise<Assessment> {
    return this.judge(await this.policies.inForce(), texts, circumstances);
  }

  /**
   * As `assess`, for as many texts as a population has: each different text is read once, under the name of the first
   * field that has it, and the event loop keeps turning.
   */
  async assessAll(
    texts: Iterable<TextField> | AsyncIterable<TextField>,
    circumstances?: Circumstances,
  ): Promise<Assessment> {
    const pass = this.pass(await this.policies.inForce(), circumstances);
    const seen = new Set<string>();
    let characters = 0;
    for await (const text of texts) {
      if (seen.has(text.text)) continue;
      // Beyond these, a text may be read twice: memory stays flat where no two are alike.
      if (seen.size < MOST_REMEMBERED) seen.add(text.text);
      pass.read(text);
      characters += text.text.length;
      if (characters < CHARACTERS_A_TURN) continue;
      characters = 0;
      await setImmediate();
    }
    return pass.assessment();
  }

  /** The same by policies that were read already. */
  judge(
    inForce: PoliciesInForce,
    texts: readonly TextField[],
    circumstances: Circumstances | undefined,
  ): Assessment {
    const pass = this.pass(inForce, circumstances);
    for (const text of texts) pass.read(text);
    return pass.assessment();
  }

  /** One reading of texts that belong together. */
  private pass(
    { compiled, versions, fingerprint }: PoliciesInForce,
    circumstances: Circumstances = {},
  ): { read: (text: TextField) => void; assessment: () => Assessment } {
    const hash = new TextHash();
    const checked = this.config.complianceEnabled;
    const evaluator = new TextEvaluator(compiled, circumstances);
    let milliseconds = 0;
    return {
      read: (text) => {
        const started = performance.now();
        hash.add(text);
        if (checked) evaluator.read(text);
        milliseconds += performance.now() - started;
      },
      assessment: () => ({
        evaluation: checked ? evaluator.evaluation() : UNCHECKED,
        textHash: hash.digest(),
        checked,
        policies: checked ? versions : [],
        fingerprint: checked ? fingerprintWith(fingerprint, circumstances.opinions) : 'unchecked',
        context: circumstances.context,
        opinions: checked ? circumstances.opinions : undefined,
        latencyUs: Math.round(milliseconds * 1_000),
      }),
    };
  }
}

/** What others said belongs to what a decision was made from: asked again they may say something else. */
function fingerprintWith(fingerprint: string, opinions: Circumstances['opinions']): string {
  if (opinions === undefined) return fingerprint;
  return createHash('sha256')
    .update(JSON.stringify([fingerprint, opinions]))
    .digest('hex');
}
