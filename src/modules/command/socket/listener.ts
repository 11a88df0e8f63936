import { randomUUID } from 'node:crypto';
import type { Client } from '@azt3knet/client';
import type { AppError } from '../../../core/errors/index.js';
import { plainText } from '../../../core/legible.js';
import { namesOf } from '../conversations/names.js';
import type { Language } from '../language/words.js';
import { DEFAULT_RATE } from '../voice/recogniser.js';
import type { SpokenNames } from '../voice/spoken-names.js';
import type { Utterance } from '../voice/utterance.js';
import { VoiceErrors } from '../voice/voice.errors.js';
import type { VoiceService } from '../voice/voice.service.js';
import type { VoiceTelling } from './frames.js';

/** Between two tellings of what was understood so far, in milliseconds. */
const PARTIAL_MS = 100;
const PARTIAL_MAX = 2_000;

/** Who speaks on a connection. */
interface Voice {
  user: string;
  language: Language;
  /** The API as this user, for the names of what may be spoken of. */
  api: Client;
}

/** What was heard, for the conversation. */
interface SpokenText {
  text: string;
  confidence: number | null;
  /** Whether the recogniser is sure enough to be believed. */
  certain: boolean;
}

/** Listens on one connection. What comes after an utterance that was refused is dropped until the next begins. */
export class Listener {
  private state: { id: string; utterance: Utterance; names: SpokenNames } | 'idle' | 'refused' = 'idle';
  private readonly over = new AbortController();
  private told = { text: '', at: 0 };

  constructor(
    private readonly service: VoiceService,
    private readonly tell: (telling: VoiceTelling) => void,
    private readonly refuse: (error: AppError) => void,
  ) {}

  /** Whether the next piece of sound begins an utterance. */
  get isIdle(): boolean {
    return this.state === 'idle';
  }

  /** @throws AppError where nobody may be listened to now */
  async begin({ user, language, api }: Voice, sampleRate = DEFAULT_RATE): Promise<void> {
    if (typeof this.state === 'object') throw VoiceErrors.open();
    this.state = 'refused';
    const id = randomUUID();
    this.told = { text: '', at: 0 };
    const names = await namesOf(api);
    const utterance = await this.service.begin(user, {
      sampleRate,
      language,
      names,
      signal: this.over.signal,
      partial: (text) => this.partial(id, names.written(text)),
      broken: (error) => {
        if (typeof this.state !== 'object' || this.state.id !== id) return;
        this.state = 'refused';
        this.refuse(error as AppError);
      },
    });
    this.state = { id, utterance, names };
    this.tell({ type: 'listening', utterance_id: id, sample_rate: sampleRate, language });
  }

  /** @throws AppError where the utterance is over with it */
  async take(sound: Buffer): Promise<void> {
    if (typeof this.state !== 'object') return;
    const { utterance } = this.state;
    try {
      await utterance.write(sound);
    } catch (error) {
      this.state = 'refused';
      // Nobody is there to be told.
      if (!this.over.signal.aborted) throw error;
    }
  }

  /** @returns undefined where the utterance was refused before. @throws AppError where nothing was understood */
  async end(): Promise<SpokenText | undefined> {
    const { state } = this;
    this.state = 'idle';
    if (state === 'idle') throw VoiceErrors.closed();
    if (state === 'refused') return undefined;
    const heard = await state.utterance.end();
    // A recogniser's words are kept, and shown on terminals.
    const text = plainText(state.names.written(heard.text).slice(0, PARTIAL_MAX)).toWellFormed();
    if (text === '') throw VoiceErrors.nothing();
    const spoken = { text, confidence: heard.confidence ?? null, certain: this.service.isCertain(heard) };
    this.tell({ type: 'heard', utterance_id: state.id, ...spoken });
    return spoken;
  }

  /** Forgets what was said so far. */
  cancel(): void {
    if (typeof this.state === 'object') this.state.utterance.cancel();
    this.state = 'idle';
  }

  /** The connection is gone. */
  close(): void {
    this.over.abort();
  }

  private partial(id: string, text: string): void {
    const now = performance.now();
    if (text === this.told.text || now - this.told.at < PARTIAL_MS) return;
    this.told = { text, at: now };
    this.tell({ type: 'partial', utterance_id: id, text: text.slice(0, PARTIAL_MAX) });
  }
}
