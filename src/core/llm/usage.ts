import type { Forecast, LlmRequest, TokenCount, UsageTotals } from './llm.types.js';
import type { Answer } from './backends/backend.js';

/** Of a million tokens, in whatever currency. */
export interface Prices {
  input: number;
  output: number;
}

const MILLION = 1e6;
const DECIMALS = 6;
/** Before the first answer: a token is about four characters of a Latin script, and an answer a few sentences. */
const CHARACTERS_PER_TOKEN = 4;
const USUAL_OUTPUT = 256;
const USUAL_TOKENS_PER_SECOND = 20;
/** How much of the latest call goes into what is expected of the next. */
const WEIGHT = 0.05;

/** What tokens cost, with six decimals. */
export function costOf({ input, output }: TokenCount, prices: Prices): string {
  return ((input * prices.input + output * prices.output) / MILLION).toFixed(DECIMALS);
}

/** Adds up what a session uses. */
export class Meter {
  private counts = { calls: 0, replayed: 0, shared: 0, failed: 0, repairs: 0 };
  private input = 0;
  private output = 0;
  private milliseconds = 0;

  constructor(private readonly prices: Prices) {}

  count(what: 'replayed' | 'shared' | 'failed' | 'repairs'): void {
    this.counts[what] += 1;
  }

  answered({ tokens, timing }: Answer): void {
    this.counts.calls += 1;
    this.input += tokens.input;
    this.output += tokens.output;
    this.milliseconds += timing.total_ms;
  }

  totals(): UsageTotals {
    const tokens = { input: this.input, output: this.output };
    return {
      ...this.counts,
      tokens,
      cost: costOf(tokens, this.prices),
      seconds: this.milliseconds / 1_000,
    };
  }
}

function blend(before: number, now: number): number {
  return before + WEIGHT * (now - before);
}

interface Expected {
  charactersPerToken: number;
  output: number;
  milliseconds: number;
}

/** Expects of calls what calls for the same purpose needed before them. */
export class Experience {
  private readonly purposes = new Map<string, Expected>();

  learn(request: LlmRequest, { tokens, timing }: Answer): void {
    const known = this.purposes.get(request.purpose);
    const latest = {
      charactersPerToken: charactersOf(request) / Math.max(1, tokens.input),
      output: tokens.output,
      milliseconds: timing.total_ms,
    };
    this.purposes.set(
      request.purpose,
      known === undefined
        ? latest
        : {
            // A prompt that the server remembers counts few tokens or none.
            charactersPerToken:
              tokens.input === 0
                ? known.charactersPerToken
                : blend(known.charactersPerToken, latest.charactersPerToken),
            output: blend(known.output, latest.output),
            milliseconds: blend(known.milliseconds, latest.milliseconds),
          },
    );
  }

  /** @param concurrency calls at once */
  forecast(request: LlmRequest, calls: number, concurrency: number, prices: Prices): Forecast {
    const known = this.purposes.get(request.purpose);
    const input = Math.ceil(charactersOf(request) / (known?.charactersPerToken ?? CHARACTERS_PER_TOKEN));
    const output = Math.ceil(Math.min(known?.output ?? USUAL_OUTPUT, request.maxTokens ?? Infinity));
    const milliseconds = known?.milliseconds ?? (output / USUAL_TOKENS_PER_SECOND) * 1_000;
    const tokens = { input: input * calls, output: output * calls };
    const seconds = (milliseconds * Math.ceil(calls / concurrency)) / 1_000;
    return { calls, tokens, cost: costOf(tokens, prices), seconds };
  }
}

function charactersOf({ messages }: LlmRequest): number {
  return messages.reduce((sum, { content }) => sum + content.length, 0);
}
