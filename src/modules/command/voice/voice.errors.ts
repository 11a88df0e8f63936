import { AppError } from '../../../core/errors/index.js';

/** Why speech is not listened to. */
export const VoiceErrors = {
  none: () =>
    new AppError(
      'refused',
      'voice_unavailable',
      'binary messages are speech, and no recogniser of speech is configured (STT_PROVIDER)',
    ),
  off: () =>
    new AppError(
      'refused',
      'voice_unavailable',
      'binary messages are speech, which is switched off here (ENABLE_VOICE_INPUT); write instead',
    ),
  busy: () =>
    new AppError(
      'unavailable',
      'voice_busy',
      'this server listens to as many people as it may; try again soon',
    ),
  elsewhere: () =>
    new AppError('conflict', 'voice_busy', 'you are being listened to on another connection; one at a time'),
  open: () =>
    new AppError('conflict', 'voice_open', 'you are being listened to; say voice_end or voice_cancel first'),
  closed: () =>
    new AppError(
      'conflict',
      'voice_closed',
      'nothing is being listened to: it was ended, refused, or never begun',
    ),
  rate: (accepted: string) => {
    const message = `expected ${accepted} samples a second`;
    return new AppError('invalid', 'voice_rate', `sample_rate: ${message}`, [
      { field: 'sample_rate', message },
    ]);
  },
  odd: () =>
    new AppError(
      'invalid',
      'voice_malformed',
      'speech is PCM of 16 bits: expected an even number of bytes in a message',
    ),
  tooLong: (seconds: number) =>
    new AppError(
      'invalid',
      'voice_too_long',
      `an utterance lasts ${seconds} s at most; nothing of it was done`,
    ),
  silent: (seconds: number) =>
    new AppError(
      'invalid',
      'voice_silent',
      `no sound came for ${seconds} s; nothing of the utterance was done`,
    ),
  nothing: () =>
    new AppError('invalid', 'voice_nothing', 'no words were understood; say it again, or write it'),
  timeout: (seconds: number) =>
    new AppError('unavailable', 'voice_timeout', `the recogniser has not answered within ${seconds} s`),
  failed: (reason: string, cause?: unknown) =>
    new AppError('unavailable', 'voice_failed', `the recogniser of speech failed: ${reason}`, [], { cause }),
};
