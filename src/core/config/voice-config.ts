import { resolve } from 'node:path';
import type { LiveSecrets } from '../secrets/live-secrets.js';
import type { Environment } from './config.schema.js';

/** What hears speech in the chat. */
export interface VoiceConfig {
  recogniser:
    | { backend: 'none' }
    /** `url`: ws:// or wss://. */
    | { backend: 'vosk'; url: string }
    /** `url` with its version, without a slash at the end. */
    | { backend: 'openai'; url: string; model: string; apiKey: string | undefined }
    /** Paths of the program, and of the folder of its model. */
    | { backend: 'pocketsphinx'; program: string; model: string };
  /** 0 to 1; what is heard with less is asked back. */
  confidence: number;
  /** Of the longest utterance. */
  seconds: number;
  /** For a recogniser to answer, and for a speaker to go on. */
  timeoutSeconds: number;
  /** Utterances of one process at once. */
  utterances: number;
}

export function voiceOf(values: Environment, cwd: string, secrets: LiveSecrets): VoiceConfig {
  return {
    recogniser: recogniserOf(values, cwd, secrets),
    confidence: values.AZT3KNET_VOICE_CONFIDENCE / 100,
    seconds: values.AZT3KNET_VOICE_SECONDS,
    timeoutSeconds: values.AZT3KNET_VOICE_TIMEOUT,
    utterances: values.AZT3KNET_VOICE_UTTERANCES,
  };
}

function recogniserOf(values: Environment, cwd: string, secrets: LiveSecrets): VoiceConfig['recogniser'] {
  const {
    STT_PROVIDER: backend,
    AZT3KNET_VOICE_VOSK_URL: vosk,
    AZT3KNET_VOICE_OPENAI_URL: openai = '',
  } = values;
  if (backend === 'vosk') return { backend, url: vosk };
  if (backend === 'pocketsphinx')
    return {
      backend,
      program: resolve(cwd, values.AZT3KNET_VOICE_POCKETSPHINX),
      model: resolve(cwd, values.AZT3KNET_VOICE_POCKETSPHINX_MODEL),
    };
  if (backend === 'none') return { backend };
  return {
    backend,
    url: openai,
    model: values.AZT3KNET_VOICE_OPENAI_MODEL,
    get apiKey() {
      return secrets.now('AZT3KNET_VOICE_OPENAI_API_KEY');
    },
  };
}
