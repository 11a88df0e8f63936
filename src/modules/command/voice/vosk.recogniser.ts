import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { EgressChannel } from '../../../core/egress/index.js';
import type { Ear, Heard, Listening, Recogniser } from './recogniser.js';
import { VoiceErrors } from './voice.errors.js';

/** What ends an utterance, to the byte: the server compares it as a text. */
const EOF = '{"eof" : 1}';
/** Pieces of sound that may be without their answer; the server gives each exactly one. */
const AHEAD_MAX = 8;
const STEP_MS = 10;

const answer = z.union([
  z.object({ partial: z.string() }),
  z.object({
    text: z.string(),
    result: z.array(z.object({ word: z.string(), conf: z.number().min(0).max(1.01) })).optional(),
  }),
]);

/** A Vosk server: sound in, for each piece one answer, and at the end the last one. */
export class VoskRecogniser implements Recogniser {
  constructor(
    private readonly channel: EgressChannel,
    private readonly url: string,
  ) {}

  async listen(listening: Listening): Promise<Ear> {
    const socket = await this.channel.open(this.url);
    listening.signal.addEventListener('abort', () => socket.terminate());
    if (listening.signal.aborted) socket.terminate();
    return new VoskEar(socket, listening);
  }
}

class VoskEar implements Ear {
  /** What was said before pauses; the server ends a sentence at each. */
  private readonly sentences: { text: string; confidence: number | undefined }[] = [];
  private ahead = 0;
  private ended = false;
  private last = false;
  private failure: Error | undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly listening: Listening,
  ) {
    socket.on('message', (data: Buffer, isBinary) => this.hear(data, isBinary));
    socket.on('close', () => {
      if (!this.last) this.fail('its server hung up in the middle');
    });
    socket.send(JSON.stringify({ config: { sample_rate: listening.sampleRate, words: true } }));
  }

  async write(sound: Buffer): Promise<void> {
    await this.until(() => this.ahead < AHEAD_MAX);
    this.ahead += 1;
    this.socket.send(sound);
  }

  async end(): Promise<Heard> {
    await this.until(() => this.ahead < AHEAD_MAX);
    this.ahead += 1;
    this.ended = true;
    this.socket.send(EOF);
    await this.until(() => this.last);
    const said = this.sentences.filter(({ text }) => text !== '');
    const confidences = said.map(({ confidence }) => confidence);
    return {
      text: said.map(({ text }) => text).join(' '),
      confidence: confidences.every((each) => each !== undefined) ? Math.min(1, ...confidences) : undefined,
    };
  }

  private hear(data: Buffer, isBinary: boolean): void {
    const read = isBinary ? undefined : answer.safeParse(parsed(data));
    this.ahead -= 1;
    if (read?.success !== true || this.ahead < 0) return this.fail('its server does not speak the protocol');
    const { data: said } = read;
    if ('partial' in said) {
      this.tell(said.partial);
      return;
    }
    this.sentences.push({ text: said.text, confidence: lowest(said.result) });
    if (this.ended && this.ahead === 0) {
      this.last = true;
      this.socket.close();
    } else this.tell('');
  }

  private tell(more: string): void {
    const text = [...this.sentences.map((each) => each.text), more].filter((each) => each !== '').join(' ');
    if (text !== '') this.listening.partial(text);
  }

  private fail(reason: string): void {
    this.failure ??= VoiceErrors.failed(reason);
    this.socket.terminate();
  }

  private async until(is: () => boolean): Promise<void> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure;
      if (is()) return;
      await sleep(STEP_MS, undefined, { signal: this.listening.signal });
    }
  }
}

/** The word that is least certain counts: it may be the one that matters. */
function lowest(words: readonly { conf: number }[] | undefined): number | undefined {
  return words === undefined || words.length === 0 ? undefined : Math.min(...words.map(({ conf }) => conf));
}

function parsed(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
