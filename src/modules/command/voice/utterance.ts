import { setTimeout as sleep } from 'node:timers/promises';
import type { VoiceConfig } from '../../../core/config/index.js';
import { BYTES_PER_SAMPLE, type Ear, type Heard, type Listening, type Recogniser } from './recogniser.js';
import { VoiceErrors } from './voice.errors.js';

/** So many times as fast as it is spoken, sound is taken; more has to wait, and its client with it. */
const FASTER = 4;
/** Seconds of sound that may come at once. */
const BURST_SECONDS = 1;

/** Who speaks, and what is done with it. */
export interface Speaking extends Omit<Listening, 'signal'> {
  /** Ends it from outside. */
  signal: AbortSignal;
  /** It came to an end by itself, and why. */
  broken: (error: Error) => void;
}

/** One utterance: so long, so fast, and not for ever. Sound is in memory until the recogniser has taken it, and nowhere else. */
export class Utterance {
  private readonly abort = new AbortController();
  private readonly began = performance.now();
  private ear: Ear | undefined;
  private bytes = 0;
  private silence: NodeJS.Timeout | undefined;

  private constructor(
    private readonly speaking: Speaking,
    private readonly limits: Pick<VoiceConfig, 'seconds' | 'timeoutSeconds'>,
    private readonly release: () => void,
  ) {}

  /**
   * @param release called once, when it is over
   * @throws AppError where the recogniser cannot be asked
   */
  static async begin(
    recogniser: Recogniser,
    speaking: Speaking,
    limits: Pick<VoiceConfig, 'seconds' | 'timeoutSeconds'>,
    release: () => void,
  ): Promise<Utterance> {
    const utterance = new Utterance(speaking, limits, release);
    const { signal } = utterance.abort;
    speaking.signal.addEventListener('abort', () => utterance.cancel(), { signal });
    if (speaking.signal.aborted) utterance.cancel();
    try {
      utterance.ear = await utterance.within(recogniser.listen({ ...speaking, signal }));
    } catch (error) {
      utterance.cancel();
      throw error;
    }
    utterance.wait();
    return utterance;
  }

  /**
   * Takes sound; resolves when more may come.
   * @throws AppError `voice_malformed`, `voice_too_long`, `voice_timeout`, `voice_failed`; then it is over
   */
  async write(sound: Buffer): Promise<void> {
    const { sampleRate } = this.speaking;
    const { seconds } = this.limits;
    await this.orOver(async () => {
      clearTimeout(this.silence);
      if (sound.length % BYTES_PER_SAMPLE !== 0) throw VoiceErrors.odd();
      this.bytes += sound.length;
      if (this.bytes > seconds * sampleRate * BYTES_PER_SAMPLE) throw VoiceErrors.tooLong(seconds);
      await this.pace();
      if (sound.length > 0) await this.within(this.ear?.write(sound) ?? Promise.resolve());
      this.wait();
    });
  }

  /**
   * What was said.
   * @throws AppError `voice_timeout`, `voice_failed`
   */
  async end(): Promise<Heard> {
    clearTimeout(this.silence);
    const none: Heard = { text: '', confidence: undefined };
    try {
      // Without a sound there is nothing to ask about.
      return this.bytes === 0 ? none : await this.within(this.ear?.end() ?? Promise.resolve(none));
    } finally {
      this.cancel();
    }
  }

  /** Ends it, and what was begun for it. */
  cancel(): void {
    clearTimeout(this.silence);
    if (this.abort.signal.aborted) return;
    this.abort.abort();
    this.release();
  }

  private async orOver(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.cancel();
      throw error;
    }
  }

  /** Holds back what comes faster than it may. */
  private async pace(): Promise<void> {
    const rate = this.speaking.sampleRate * BYTES_PER_SAMPLE;
    const due = ((this.bytes / rate - BURST_SECONDS) / FASTER) * 1_000;
    const early = due - (performance.now() - this.began);
    if (early > 0) await sleep(early, undefined, { signal: this.abort.signal });
  }

  private wait(): void {
    const { timeoutSeconds } = this.limits;
    clearTimeout(this.silence);
    if (this.abort.signal.aborted) return;
    this.silence = setTimeout(() => {
      this.cancel();
      this.speaking.broken(VoiceErrors.silent(timeoutSeconds));
    }, timeoutSeconds * 1_000);
  }

  /** @throws AppError `voice_timeout` */
  private async within<T>(work: Promise<T>): Promise<T> {
    const { timeoutSeconds } = this.limits;
    const over = new AbortController();
    const late = sleep(timeoutSeconds * 1_000, undefined, { signal: over.signal }).then(() => {
      throw VoiceErrors.timeout(timeoutSeconds);
    });
    late.catch(() => {});
    try {
      return await Promise.race([work, late]);
    } finally {
      over.abort();
      // What comes after the time is nobody's.
      work.catch(() => {});
    }
  }
}
