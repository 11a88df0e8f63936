import type { LiveSecrets } from '../secrets/live-secrets.js';
import type { Environment } from './config.schema.js';

/** Classifiers elsewhere that the guard asks besides its own; each absent unless configured. */
export interface GuardConfig {
  /** For all of them together, from the moment at which they are asked. */
  timeoutSeconds: number;
  judge:
    { backend: 'ollama' | 'openai'; model: string | undefined; cassette: string | undefined } | undefined;
  /** Base URL with its version, without a slash at the end. */
  moderation: { url: string; model: string | undefined; apiKey: string | undefined } | undefined;
  remote: { url: string; token: string | undefined } | undefined;
}

export function guardOf(values: Environment, secrets: LiveSecrets): GuardConfig {
  const { AZT3KNET_GUARD_JUDGE: backend } = values;
  const { AZT3KNET_GUARD_MODERATION_URL: moderation, AZT3KNET_GUARD_CLASSIFIER_URL: remote } = values;
  return {
    timeoutSeconds: values.AZT3KNET_GUARD_TIMEOUT,
    judge:
      backend === 'off'
        ? undefined
        : {
            backend,
            model: values.AZT3KNET_GUARD_JUDGE_MODEL,
            cassette: values.AZT3KNET_GUARD_JUDGE_CASSETTE,
          },
    moderation:
      moderation === undefined
        ? undefined
        : {
            url: moderation,
            model: values.AZT3KNET_GUARD_MODERATION_MODEL,
            get apiKey() {
              return secrets.now('AZT3KNET_GUARD_MODERATION_API_KEY');
            },
          },
    remote:
      remote === undefined
        ? undefined
        : {
            url: remote,
            get token() {
              return secrets.now('AZT3KNET_GUARD_CLASSIFIER_TOKEN');
            },
          },
  };
}
