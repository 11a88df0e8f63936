import { withLimits } from './call-limits.js';
import type { KeptAnswer, Tape } from './cassettes/tape.js';
import { CassetteError } from './cassettes/cassette.errors.js';
import { LlmError } from './llm.errors.js';
import type {
  BackendName,
  CallOptions,
  Completion,
  Forecast,
  LanguageModel,
  LlmRequest,
  Message,
  ModelIdentity,
  RecordsOptions,
  SessionOptions,
  UsageTotals,
} from './llm.types.js';
import type { ModelCalls } from './model-calls.js';
import { renderPrompt } from './prompts/prompts.js';
import { collectRecords } from './records.js';
import { checkOptions, checkRequest } from './request-rules.js';
import { describeIssues, jsonSchemaOf, parseAnswer, type Parsed } from './structured.js';
import type { Meter } from './usage.js';

/** Answers that do not fit are asked for again so often, and so are empty ones. */
const REPAIRS = 2;
const EMPTY_ANSWERS = 2;

/** What is to become of an answer. */
export interface Wanted<T> {
  /** JSON Schema for the model. */
  schema: object | undefined;
  parse: (content: string) => Parsed<T>;
  seed: string | undefined;
  count?: number;
}

/** What a session needs of the gateway. */
export interface SessionParts {
  calls: ModelCalls;
  meter: Meter;
  tape: Tape | undefined;
  options: SessionOptions;
  /** The backend that the configuration means now. */
  configured: () => Promise<BackendName>;
  /** The model that a backend is asked for unless another is named. */
  modelOf: (backend: BackendName) => string | undefined;
  forecast: (backend: BackendName, request: LlmRequest, calls: number) => Forecast;
}

/** Who asks: with one mode and cassette, and totals of its own. */
export class Session implements LanguageModel {
  constructor(private readonly parts: SessionParts) {}

  async complete<T = string>(request: LlmRequest, options: CallOptions<T> = {}): Promise<Completion<T>> {
    checkRequest(request);
    checkOptions(options);
    const { schema, seed } = options;
    const wanted: Wanted<T> = {
      schema: schema && jsonSchemaOf(schema),
      parse: (content) =>
        schema === undefined ? { fits: true, value: content as T } : parseAnswer(content, schema),
      seed,
    };
    return withLimits(options, (signal) => this.answer(request, wanted, signal));
  }

  async records<T>(n: number, request: LlmRequest, options: RecordsOptions<T>): Promise<T[]> {
    checkRequest(request);
    checkOptions(options);
    return withLimits(options, (signal) =>
      collectRecords(n, request, options, signal, (batch, wanted, ending) =>
        this.answer(batch, wanted, ending),
      ),
    );
  }

  async identity(request: LlmRequest): Promise<ModelIdentity> {
    const backend = await this.backend();
    const model = await this.model(backend, request);
    const call = { backend, model, request, schema: undefined, seed: undefined };
    return { backend, model, modelDigest: await this.parts.calls.digest(call, this.parts.tape) };
  }

  async forecast(request: LlmRequest, calls: number): Promise<Forecast> {
    checkRequest(request);
    return this.parts.forecast(await this.backend(), request, calls);
  }

  totals(): UsageTotals {
    return this.parts.meter.totals();
  }

  /** Asks until an answer fits, telling the model each time what was wrong with the last one. */
  private async answer<T>(
    request: LlmRequest,
    wanted: Wanted<T>,
    signal: AbortSignal,
  ): Promise<Completion<T>> {
    const backend = await this.backend();
    const model = await this.model(backend, request);
    const taken: KeptAnswer[] = [];
    let messages: readonly Message[] = request.messages;
    for (let repairs = 0; ; repairs += 1) {
      // A model that draws the same again would make the same mistake again.
      const seed = repairs === 0 ? wanted.seed : `${wanted.seed ?? ''}~${repairs}`;
      const asking = { backend, model, request: { ...request, messages }, wanted: { ...wanted, seed } };
      const { kept } = await this.notEmpty(asking, taken, signal);
      const { answer, modelDigest } = kept;
      const parsed = wanted.parse(answer.content);
      if (parsed.fits) {
        const { content, thinking, finish } = answer;
        const sums = sumsOf(taken);
        return { value: parsed.value, content, thinking, backend, model, modelDigest, finish, ...sums };
      }
      const issues =
        answer.finish === 'length'
          ? [{ field: '', message: 'was cut off: it has more tokens than it may have' }, ...parsed.issues]
          : parsed.issues;
      if (repairs === REPAIRS) throw LlmError.invalid(model, REPAIRS + 1, issues);
      this.parts.meter.count('repairs');
      const repair = renderPrompt('repair_answer', { issues: describeIssues(issues) });
      messages = [...request.messages, { role: 'assistant', content: answer.content }, ...repair.messages];
    }
  }

  /** Asks again, drawing otherwise, while a model answers with nothing. */
  private async notEmpty<T>(
    { wanted, ...call }: { backend: BackendName; model: string; request: LlmRequest; wanted: Wanted<T> },
    taken: KeptAnswer[],
    signal: AbortSignal,
  ): Promise<{ kept: KeptAnswer }> {
    const { schema, seed, count } = wanted;
    const { calls, tape, meter } = this.parts;
    for (let empty = 0; ; empty += 1) {
      const drawn = empty === 0 ? seed : `${seed ?? ''}#${empty}`;
      const kept = await calls.ask({ ...call, schema, seed: drawn, count }, { tape, meter }, signal);
      taken.push(kept);
      if (kept.answer.content !== '') return { kept };
      if (empty === EMPTY_ANSWERS) throw LlmError.empty(call.model, EMPTY_ANSWERS + 1);
    }
  }

  /** What is asked: what was named, what the cassette was recorded with, what is configured. */
  private async backend(): Promise<BackendName> {
    const { options, tape, configured } = this.parts;
    if (options.backend !== undefined) return options.backend;
    if (tape === undefined || tape.mode === 'record') return configured();
    const recorded = [...new Set((await tape.models()).map(({ backend }) => backend as BackendName))];
    const [only] = recorded;
    if (only === undefined) return configured();
    if (recorded.length === 1) return only;
    const present = await configured();
    if (recorded.includes(present)) return present;
    throw CassetteError.ambiguous(tape.name, 'backend', recorded);
  }

  private async model(backend: BackendName, request: LlmRequest): Promise<string> {
    if (backend === 'rules') {
      if (request.rule === undefined) throw LlmError.noRule(request.purpose);
      return request.rule.id;
    }
    const { options, tape, modelOf } = this.parts;
    if (options.model !== undefined) return options.model;
    const present = modelOf(backend);
    if (tape?.mode !== 'replay' && present !== undefined) return present;
    const all = (await tape?.models()) ?? [];
    const recorded = all.filter((each) => each.backend === backend).map((each) => each.model);
    const [only] = recorded;
    if (present !== undefined && (only === undefined || recorded.includes(present))) return present;
    if (only !== undefined && recorded.length === 1) return only;
    if (only === undefined || tape === undefined) throw LlmError.notConfigured(backend);
    throw CassetteError.ambiguous(tape.name, 'model', recorded);
  }
}

/** What all calls of an answer needed. */
function sumsOf(taken: readonly KeptAnswer[]): Pick<Completion, 'tokens' | 'calls'> {
  const sum = (which: 'input' | 'output'): number =>
    taken.reduce((total, { answer }) => total + answer.tokens[which], 0);
  return {
    tokens: { input: sum('input'), output: sum('output') },
    calls: taken.map(({ key }) => key),
  };
}
