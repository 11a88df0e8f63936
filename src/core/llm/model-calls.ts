import type { Backend, BackendCall } from './backends/backend.js';
import { callKey, canonicalRequest } from './call-key.js';
import { inCallSpan, type Ended } from './call-span.js';
import { CassetteError } from './cassettes/cassette.errors.js';
import type { KeptAnswer, Tape, UndigestedCall } from './cassettes/tape.js';
import type { Dispatcher } from './flow/dispatcher.js';
import type { Done } from './flow/server.js';
import { repeat, type RepeatOptions } from './flow/repeat.js';
import { LlmError } from './llm.errors.js';
import type { LlmMetrics } from './llm-metrics.js';
import type { BackendName } from './llm.types.js';
import { orAborted } from './or-aborted.js';
import { SharedCalls } from './shared-calls.js';
import type { Experience, Meter } from './usage.js';

/** So long the digest of a model is believed. */
const DIGEST_MS = 60_000;

/** One call: what is asked, of what. */
export interface ModelCall extends BackendCall {
  readonly backend: BackendName;
}

/** Whose call it is. */
export interface CallContext {
  tape: Tape | undefined;
  meter: Meter;
}

interface Outcome extends Ended {
  kept: KeptAnswer;
}

interface KnownDigest {
  digest: Promise<string>;
  until: number;
}

/** What calls go through. */
export interface CallParts {
  backends: ReadonlyMap<BackendName, Backend>;
  dispatcher: Dispatcher;
  metrics: LlmMetrics;
  experience: Experience;
  repeat: RepeatOptions;
}

/** Answers calls, one at a time: from the cassette, by waiting for somebody who asked the same, or from a server. */
export class ModelCalls {
  private readonly shared = new SharedCalls<Outcome>();
  private readonly digests = new Map<string, KnownDigest>();

  constructor(private readonly parts: CallParts) {}

  /**
   * @throws LlmError, CassetteError, EgressError where the server is not listed, or the reason of the signal
   */
  async ask(call: ModelCall, context: CallContext, signal: AbortSignal): Promise<KeptAnswer> {
    const { metrics } = this.parts;
    const labels = { backend: call.backend, purpose: call.request.purpose };
    try {
      const { kept, source } = await inCallSpan(call.backend, call, () => this.answer(call, context, signal));
      if (source !== 'model') {
        context.meter.count(source === 'cassette' ? 'replayed' : 'shared');
        metrics.ended(labels, source === 'cassette' ? 'replayed' : 'shared');
      }
      return kept;
    } catch (error) {
      context.meter.count('failed');
      metrics.ended(labels, { error });
      throw error;
    }
  }

  /** The digest of the model that would answer, or has. @throws LlmError, CassetteError */
  async digest(call: ModelCall, tape: Tape | undefined): Promise<string> {
    const { digests, problem } = await this.digestsFor(call, tape, NEVER);
    const [digest] = digests;
    if (digest === undefined) throw problem ?? missOf(tape, call);
    return digest;
  }

  private async answer(call: ModelCall, context: CallContext, signal: AbortSignal): Promise<Outcome> {
    const { tape } = context;
    const undigested: UndigestedCall = {
      backend: call.backend,
      model: call.model,
      request: canonicalRequest(call.request, call.schema),
      seed: call.seed ?? null,
    };
    const { digests, problem } = await this.digestsFor(call, tape, signal);
    const [digest] = digests;
    if (digest === undefined) throw problem ?? missOf(tape, call);
    const key = callKey({ ...undigested, model_digest: digest });
    const { result, isShared } = await this.shared.run(
      `${tape?.scope ?? 'live'}:${key}`,
      signal,
      async (ending) => {
        const found = await tape?.find(undigested, digests);
        if (found !== undefined) return { kept: found, answer: found.answer, source: 'cassette' };
        if (problem !== undefined) throw problem;
        if (tape?.mode === 'replay') throw missOf(tape, call, key);
        const { answer, server } = await this.fromServer(call, context, ending);
        const kept = (await tape?.keep(undigested, digest, answer)) ?? { key, modelDigest: digest, answer };
        return { kept, answer: kept.answer, server, source: 'model' };
      },
    );
    return isShared && result.source === 'model' ? { ...result, source: 'shared' } : result;
  }

  /**
   * What the model may be, the likeliest first. A replay knows it from the cassette alone; where the server does not tell and
   * the cassette may have the answer, `problem` is why.
   */
  private async digestsFor(
    call: ModelCall,
    tape: Tape | undefined,
    signal: AbortSignal,
  ): Promise<{ digests: string[]; problem?: unknown }> {
    if (tape?.mode === 'replay') return { digests: await tape.digestsOf(call.backend, call.model) };
    try {
      return { digests: [await this.digestOf(call, signal)] };
    } catch (problem) {
      if (tape?.mode !== 'auto' || signal.aborted) throw problem;
      return { digests: await tape.digestsOf(call.backend, call.model), problem };
    }
  }

  private digestOf(call: ModelCall, signal: AbortSignal): Promise<string> {
    const key = `${call.backend}/${call.model}`;
    const known = this.digests.get(key);
    if (known !== undefined && known.until > performance.now()) return orAborted(known.digest, signal);
    // Everybody waits for it, so that nobody alone can call it off; it has a time limit of its own.
    const digest = this.fetchDigest(call);
    this.digests.set(key, { digest, until: performance.now() + DIGEST_MS });
    digest.catch(() => this.digests.delete(key));
    return orAborted(digest, signal);
  }

  private async fetchDigest(call: ModelCall): Promise<string> {
    const backend = this.backend(call.backend);
    if (backend.servers.length === 0) return backend.digest(call, '', NEVER);
    const { digest } = await this.dispatched(backend, NEVER, async (server) => ({
      digest: await backend.digest(call, server, NEVER),
      written: undefined,
    }));
    return digest;
  }

  private async fromServer(call: ModelCall, { meter }: CallContext, signal: AbortSignal) {
    const { metrics, experience } = this.parts;
    const backend = this.backend(call.backend);
    const kind = call.request.purpose;
    const asked =
      backend.servers.length === 0
        ? { answer: await backend.chat(call, '', signal), server: undefined }
        : await this.dispatched(backend, signal, async (server) => {
            const answer = await backend.chat(call, server, signal);
            return { answer, server, written: { tokens: answer.tokens.output, kind } };
          });
    meter.answered(asked.answer);
    experience.learn(call.request, asked.answer);
    metrics.answered({ backend: backend.name, purpose: kind }, asked.answer);
    return asked;
  }

  /** Does work at one of the servers of a backend, again where that may help; no place is held in between. */
  private dispatched<T extends Done>(
    { name }: Backend,
    signal: AbortSignal,
    work: (server: string) => Promise<T>,
  ): Promise<T> {
    const { dispatcher, metrics } = this.parts;
    return repeat(
      () => dispatcher.run(name, work, signal),
      this.parts.repeat,
      signal,
      ({ overloaded }) => metrics.retried(name, overloaded),
    );
  }

  /** @throws LlmError `llm_not_configured` */
  private backend(name: BackendName): Backend {
    const backend = this.parts.backends.get(name);
    if (backend === undefined) throw LlmError.notConfigured(name);
    return backend;
  }
}

const NEVER = new AbortController().signal;

function missOf(tape: Tape | undefined, { request }: ModelCall, key?: string): CassetteError {
  return CassetteError.miss(tape?.name ?? '', request.purpose, key);
}
