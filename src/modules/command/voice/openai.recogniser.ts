import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { EgressError, type EgressChannel } from '../../../core/egress/index.js';
import type { Ear, Heard, Listening, Recogniser } from './recogniser.js';
import { VoiceErrors } from './voice.errors.js';
import { wavOf } from './wav.js';

/** Above, what a model wrote down was nobody's speech. */
const NO_SPEECH = 0.6;

const transcription = z.object({
  text: z.string().max(10_000),
  segments: z
    .array(
      z.object({
        text: z.string().optional(),
        avg_logprob: z.number().optional(),
        no_speech_prob: z.number().optional(),
      }),
    )
    .nullish(),
});

/** Where and what is asked. */
interface TranscriptionServer {
  /** With the version, without a slash at the end. */
  url: string;
  model: string;
  /** As it is now. */
  apiKey: string | undefined;
}

/** A server with the endpoint `/audio/transcriptions`: it is given the whole utterance, and tells nothing before. */
export class OpenAiRecogniser implements Recogniser {
  constructor(
    private readonly channel: EgressChannel,
    private readonly server: TranscriptionServer,
  ) {}

  listen(listening: Listening): Promise<Ear> {
    const sound: Buffer[] = [];
    return Promise.resolve({
      // As long as an utterance may be, it is small.
      write: (piece) => {
        sound.push(piece);
        return Promise.resolve();
      },
      end: () => this.transcribe(wavOf(sound.splice(0), listening.sampleRate), listening),
    });
  }

  private async transcribe(wav: Buffer<ArrayBuffer>, { language, signal }: Listening): Promise<Heard> {
    const { url, model, apiKey } = this.server;
    const boundary = `azt3knet-${randomBytes(12).toString('hex')}`;
    const fields = { model, language, response_format: 'verbose_json', temperature: '0' };
    const head = Object.entries(fields).map(
      ([name, value]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="speech.wav"\r\ncontent-type: audio/wav\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(head.join('') + file),
      wav,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const response = await this.channel.fetch(`${url}/audio/transcriptions`, {
      method: 'POST',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        accept: 'application/json',
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      body,
      signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw VoiceErrors.failed(`its server answered ${response.status}`);
    }
    return heardOf(await bodyOf(response));
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof EgressError) throw error;
    throw VoiceErrors.failed('its server does not speak the protocol', error);
  }
}

function heardOf(body: unknown): Heard {
  const read = transcription.safeParse(body);
  if (!read.success) throw VoiceErrors.failed('its server does not speak the protocol');
  const { text, segments } = read.data;
  const spoken = segments?.filter(({ no_speech_prob: none = 0 }) => none <= NO_SPEECH);
  // Models write something down for silence, too.
  if (spoken?.length === 0) return { text: '', confidence: undefined };
  const known = spoken?.map(({ avg_logprob }) => avg_logprob) ?? [undefined];
  return {
    text: text.trim(),
    confidence: known.every((each) => each !== undefined) ? Math.exp(Math.min(0, ...known)) : undefined,
  };
}
