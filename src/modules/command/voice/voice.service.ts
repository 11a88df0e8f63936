import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { EgressClient } from '../../../core/egress/index.js';
import { CHAT_COMMANDS } from '../registry/registry.js';
import { OpenAiRecogniser } from './openai.recogniser.js';
import { PocketsphinxRecogniser } from './pocketsphinx.recogniser.js';
import { RATES, type Heard, type Recogniser } from './recogniser.js';
import { Utterance, type Speaking } from './utterance.js';
import { VoiceErrors } from './voice.errors.js';
import { VoskRecogniser } from './vosk.recogniser.js';

/** The largest answer of a recogniser, in bytes. */
const ANSWER_MAX = 262_144;

/** Speech in the chat: which recogniser hears it, and how much at once. */
@Injectable()
export class VoiceService {
  private readonly recogniser: Recogniser | undefined;
  /** Users who are being listened to. */
  private readonly speaking = new Set<string>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    egress: EgressClient,
  ) {
    this.recogniser = config.features.voice ? openRecogniser(config, egress) : undefined;
  }

  /**
   * Listens to an utterance of a user, one at a time.
   * @throws AppError `voice_unavailable`, `voice_busy`, `voice_rate`, or as the recogniser says
   */
  async begin(user: string, speaking: Speaking): Promise<Utterance> {
    const { recogniser } = this;
    const { voice, features } = this.config;
    const { sampleRate } = speaking;
    if (!features.voice) throw VoiceErrors.off();
    if (recogniser === undefined) throw VoiceErrors.none();
    if (sampleRate < RATES.min || sampleRate > RATES.max)
      throw VoiceErrors.rate(`${RATES.min} to ${RATES.max}`);
    if (this.speaking.has(user)) throw VoiceErrors.elsewhere();
    if (this.speaking.size >= voice.utterances) throw VoiceErrors.busy();
    this.speaking.add(user);
    return Utterance.begin(recogniser, speaking, voice, () => this.speaking.delete(user));
  }

  /** Whether what was heard may be taken as said. */
  isCertain({ confidence }: Heard): boolean {
    return confidence !== undefined && confidence >= this.config.voice.confidence;
  }
}

/** @returns undefined where none is configured */
function openRecogniser(
  { voice, dataDir }: Pick<Config, 'voice' | 'dataDir'>,
  egress: EgressClient,
): Recogniser | undefined {
  const { recogniser, timeoutSeconds, utterances } = voice;
  if (recogniser.backend === 'none') return undefined;
  if (recogniser.backend === 'pocketsphinx')
    return new PocketsphinxRecogniser(recogniser, dataDir, CHAT_COMMANDS);
  const channel = egress.channel('voice', {
    own: [recogniser.url],
    timeoutMs: timeoutSeconds * 1_000,
    maxBytes: ANSWER_MAX,
    retries: 0,
    connections: utterances,
  });
  if (recogniser.backend === 'vosk') return new VoskRecogniser(channel, recogniser.url);
  return new OpenAiRecogniser(channel, recogniser);
}
