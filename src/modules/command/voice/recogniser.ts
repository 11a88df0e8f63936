import type { SpokenNames } from './spoken-names.js';

/** How sound comes: PCM, 16 bits, little-endian, one channel. */
export const BYTES_PER_SAMPLE = 2;
/** Samples in a second, unless a client says otherwise. */
export const DEFAULT_RATE = 16_000;
export const RATES = { min: 8_000, max: 48_000 } as const;

/** What a recogniser is to listen to. */
export interface Listening {
  /** In samples a second, within {@link RATES}. */
  sampleRate: number;
  language: 'en' | 'es';
  /** What the things are called that may be spoken of. */
  names: SpokenNames;
  /** Ends everything that was begun. */
  signal: AbortSignal;
  /** Told of what has been understood so far. */
  partial: (text: string) => void;
}

/** What was understood. */
export interface Heard {
  /** Empty where nothing was. */
  text: string;
  /** From 0 to 1; undefined where the recogniser does not tell. */
  confidence: number | undefined;
}

/** One utterance, as it is being listened to. */
export interface Ear {
  /** Takes sound; resolves when there is room for more. @throws AppError where the recogniser has failed */
  write(sound: Buffer): Promise<void>;
  /** No more sound comes. @throws AppError where the recogniser has failed */
  end(): Promise<Heard>;
}

/** What makes text of speech. No implementation keeps or logs sound. */
export interface Recogniser {
  /** @throws AppError where it cannot be asked, or not at this rate */
  listen(listening: Listening): Promise<Ear>;
}
