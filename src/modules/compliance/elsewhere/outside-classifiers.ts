import type { Config } from '../../../core/config/index.js';
import type { EgressClient } from '../../../core/egress/index.js';
import type { Gateway } from '../../../core/llm/index.js';
import { LARGEST_ANSWER } from './ask-json.js';
import { Judge } from './judge.js';
import { ModerationClassifier } from './moderation-classifier.js';
import type { OutsideClassifier } from './outside-classifier.js';
import { RemoteClassifier } from './remote-classifier.js';

/** The classifiers elsewhere that the configuration names; none unless it does. */
export function outsideClassifiers(
  { guard, llm }: Pick<Config, 'guard' | 'llm'>,
  egress: EgressClient,
  gateway: Gateway,
): OutsideClassifier[] {
  const { judge, moderation, remote, timeoutSeconds } = guard;
  const channel = (purpose: string, url: string) =>
    egress.channel(purpose, {
      own: [url],
      timeoutMs: timeoutSeconds * 1_000,
      maxBytes: LARGEST_ANSWER,
      retries: 1,
    });
  return [
    ...(judge === undefined ? [] : [new Judge(gateway, Judge.optionsOf(judge, llm.mode))]),
    ...(moderation === undefined
      ? []
      : [new ModerationClassifier(channel('moderation', moderation.url), moderation)]),
    ...(remote === undefined ? [] : [new RemoteClassifier(channel('classifier', remote.url), remote)]),
  ];
}
