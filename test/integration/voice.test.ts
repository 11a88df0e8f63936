import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, type TestCaller } from '../support/caller.js';
import { ChatClient, listen, type ChatFrame } from '../support/chat.js';
import { hasSpeech, noise, pieces, speechOf, type Speech } from '../support/speech.js';
import { TranscriptionServer } from '../support/transcription-server.js';
import { VoskServer, type VoskScript } from '../support/vosk-server.js';

const RATE = 16_000;
/** Something to send to a stand-in, which does not listen: so many seconds of noise. */
const sound = (seconds: number): Speech => ({ rate: RATE, pcm: noise(RATE * seconds) });
const words = (text: string, conf: number): VoskScript['sentences'][number] => ({
  words: text.split(' ').map((word) => [word, conf]),
});

/** An application that listens, an operator, and a bot with the name echo. */
class Place {
  private readonly clients: ChatClient[] = [];

  private constructor(
    readonly test: TestApplication,
    readonly base: string,
    readonly operator: TestCaller,
  ) {}

  static async open(environment: Record<string, string>): Promise<Place> {
    const test = await testApplication(environment, 'api');
    for (const id of ['echo', 'analytics-bot-v1'])
      await test.call('POST', '/api/v1/bots', {
        id,
        name: id,
        blueprint: 'bots/echo_bot.mjs',
        role: 'analyzer',
      });
    await test.call('POST', '/api/v1/bots/echo/start');
    return new Place(test, await listen(test), await makeCaller(test.app, 'operator'));
  }

  async chat(query = '&format=json', caller = this.operator): Promise<ChatClient> {
    const path = `/ws/command/${caller.userId}?token=${caller.token}${query}`;
    const client = await ChatClient.open(this.base, path);
    this.clients.push(client);
    return client;
  }

  async wanted(bot = 'echo'): Promise<unknown> {
    return (await this.test.call('GET', `/api/v1/bots/${bot}`)).body['desired_state'];
  }

  async restart(): Promise<void> {
    await this.test.call('POST', '/api/v1/bots/echo/start');
  }

  leave(): void {
    for (const { socket } of this.clients.splice(0)) socket.terminate();
  }

  async close(): Promise<void> {
    this.leave();
    await this.test.close();
  }
}

const heardIn = (client: ChatClient): ChatFrame[] => client.frames.filter(({ type }) => type === 'heard');

describe('without a recogniser', () => {
  it('speech is refused, once for an utterance, and texts go on', async () => {
    const place = await Place.open({});
    try {
      const client = await place.chat();
      client.send({ action: 'voice_start' });
      for (const piece of pieces(sound(1).pcm)) client.socket.send(piece);
      client.send({ action: 'voice_end' });
      const refusal = await client.heard(({ type }) => type === 'error');
      expect(refusal.problem).toMatchObject({ code: 'voice_unavailable' });
      expect(await client.ask('list bots')).toMatchObject({ type: 'answer' });
      expect(client.frames.filter(({ type }) => type === 'error')).toHaveLength(1);
      // Who starts to speak without a word is told, too.
      client.socket.send(sound(1).pcm.subarray(0, 8_000));
      await expect.poll(() => client.frames.filter(({ type }) => type === 'error').length).toBe(2);
    } finally {
      await place.close();
    }
  }, 60_000);
});

describe('with ENABLE_VOICE_INPUT=false', () => {
  it('speech is refused with that reason, and the configured recogniser is not spoken to', async () => {
    const vosk = await VoskServer.start();
    const place = await Place.open({
      STT_PROVIDER: 'vosk',
      AZT3KNET_VOICE_VOSK_URL: vosk.url,
      ENABLE_VOICE_INPUT: 'false',
    });
    try {
      const client = await place.chat();
      expect(await client.speak(sound(1))).toMatchObject({
        type: 'error',
        problem: { code: 'voice_unavailable', detail: expect.stringContaining('ENABLE_VOICE_INPUT') },
      });
      expect(await client.ask('list bots')).toMatchObject({ type: 'answer' });
      expect(vosk.heard).toEqual([]);
      expect(vosk.open).toBe(0);
    } finally {
      await place.close();
      await vosk.stop();
    }
  }, 60_000);
});

describe('with a Vosk server', () => {
  let vosk: VoskServer;
  let place: Place;
  beforeAll(async () => {
    vosk = await VoskServer.start();
    place = await Place.open({
      STT_PROVIDER: 'vosk',
      AZT3KNET_VOICE_VOSK_URL: vosk.url,
      AZT3KNET_VOICE_SECONDS: '8',
      AZT3KNET_VOICE_TIMEOUT: '3',
      AZT3KNET_VOICE_UTTERANCES: '2',
    });
  }, 60_000);
  beforeEach(() => {
    vosk.script = { sentences: [] };
    vosk.heard.length = 0;
    vosk.sounds.length = 0;
  });
  afterEach(() => place.leave());
  afterAll(async () => {
    await place?.close();
    await vosk?.stop();
  });

  it('speech becomes a command, by its protocol to the byte', async () => {
    vosk.script = { sentences: [words('list bots', 0.98)] };
    const client = await place.chat();
    const spoken = sound(1.5);
    expect(await client.speak(spoken)).toMatchObject({ type: 'answer', details: { command: 'bots.list' } });
    expect(vosk.heard[0]).toBe('{"config":{"sample_rate":16000,"words":true}}');
    expect(vosk.heard.slice(1, -1)).toEqual([...pieces(spoken.pcm)].map(({ length }) => length));
    expect(vosk.heard.at(-1)).toBe('{"eof" : 1}');
    expect(Buffer.concat(vosk.sounds).equals(spoken.pcm)).toBe(true);
    const [listening, partial] = ['listening', 'partial'].map((type) =>
      client.frames.find((frame) => frame.type === type),
    );
    expect(listening).toMatchObject({ sample_rate: RATE, language: 'en' });
    expect(partial).toMatchObject({ text: 'list', utterance_id: listening?.utterance_id });
    expect(heardIn(client)).toMatchObject([{ text: 'list bots', certain: true, confidence: 0.98 }]);
    await expect.poll(() => vosk.open).toBe(0);
  });

  it('the rate is the one that the client names', async () => {
    vosk.script = { sentences: [words('help', 1)] };
    const client = await place.chat();
    await client.speak({ rate: 44_100, pcm: noise(8_000) });
    expect(vosk.heard[0]).toBe('{"config":{"sample_rate":44100,"words":true}}');
    client.send({ action: 'voice_start', sample_rate: 4_000 });
    await client.heard(({ type }) => type === 'error');
  });

  it('sound that begins by itself is of 16 kHz, and people who write no JSON are answered in words', async () => {
    vosk.script = { sentences: [words('status', 0.9)] };
    const client = await place.chat('');
    for (const piece of pieces(sound(0.6).pcm)) client.socket.send(piece);
    client.send({ action: 'voice_end' });
    await expect.poll(() => client.texts.join('\n')).toContain('Everything is well');
    expect(vosk.heard[0]).toContain('16000');
  });

  it('a sentence that was ended by a pause is part of what was said, and names are written as they are', async () => {
    vosk.script = {
      sentences: [{ ...words('show bot', 0.9), afterBytes: 12_000 }, words('analytics bot v one', 0.95)],
    };
    const client = await place.chat();
    const answer = await client.speak(sound(2));
    expect(answer).toMatchObject({ type: 'answer', details: { command: 'bots.show' } });
    expect(heardIn(client)).toMatchObject([{ text: 'show bot analytics-bot-v1', confidence: 0.9 }]);
  });

  it('what changes something asks first, and only a yes does it, spoken or written', async () => {
    await place.restart();
    vosk.script = { sentences: [words('stop bot echo', 0.99)] };
    const client = await place.chat();
    expect(await client.speak(sound(1))).toMatchObject({
      type: 'question',
      details: { plan: { command: 'bots.stop' } },
    });
    expect(await place.wanted()).toBe('running');
    vosk.script = { sentences: [words('no', 0.99)] };
    expect(await client.speak(sound(1))).toMatchObject({ details: { outcome: 'declined' } });
    expect(await place.wanted()).toBe('running');
    vosk.script = { sentences: [words('stop bot echo', 0.99)] };
    await client.speak(sound(1));
    vosk.script = { sentences: [words('yes', 0.99)] };
    expect(await client.speak(sound(1))).toMatchObject({ details: { outcome: 'done' } });
    expect(await place.wanted()).toBe('stopped');
  });

  it('what is not certain is asked about, and a doubtful yes does not answer a plan', async () => {
    await place.restart();
    vosk.script = {
      sentences: [
        {
          words: [
            ['stop', 0.99],
            ['bot', 0.99],
            ['echo', 0.3],
          ],
        },
      ],
    };
    const client = await place.chat();
    expect(await client.speak(sound(1))).toMatchObject({
      type: 'question',
      text: expect.stringContaining('Did you say “stop bot echo”?'),
    });
    expect(heardIn(client)).toMatchObject([{ certain: false, confidence: 0.3 }]);
    // A yes to what was said is no yes to what it does.
    expect(await client.ask('yes')).toMatchObject({ details: { plan: { command: 'bots.stop' } } });
    vosk.script = { sentences: [words('yes', 0.2)] };
    const unsure = await client.speak(sound(1));
    expect(unsure).toMatchObject({ type: 'question', text: expect.stringContaining('still open') });
    expect(await place.wanted()).toBe('running');
    expect(await client.ask('yes')).toMatchObject({ details: { outcome: 'done' } });
    expect(await place.wanted()).toBe('stopped');
  });

  it('without any confidence nothing is taken as said', async () => {
    vosk.script = { sentences: [words('list bots', 1)], plain: true };
    const client = await place.chat();
    expect(await client.speak(sound(1))).toMatchObject({ type: 'question' });
    expect(heardIn(client)).toMatchObject([{ confidence: null, certain: false }]);
    expect(await client.ask('yes')).toMatchObject({ type: 'answer', details: { command: 'bots.list' } });
  });

  it('what only subscribes is confirmed when it was spoken', async () => {
    const job = await place.test.call<{ job_id: string }>('POST', '/api/v1/populate', {
      gender: 'female',
      count: 3,
      country: 'MX',
      seed: '1',
      persist: true,
    });
    const client = await place.chat();
    await client.ask(`show job ${job.body.job_id}`);
    vosk.script = { sentences: [words('tell me when it finishes', 0.99)] };
    expect(await client.speak(sound(1))).toMatchObject({
      type: 'question',
      details: { plan: { command: 'jobs.watch' } },
    });
    expect(await client.ask('yes')).toMatchObject({ details: { outcome: 'done', command: 'jobs.watch' } });
  });

  it.each([
    ['hangs up in the middle', 'closes', 'voice_failed'],
    ['answers something else', 'garbage', 'voice_failed'],
    ['answers in binary', 'binary', 'voice_failed'],
    ['answers more than it was asked', 'twice', 'voice_failed'],
    ['never answers', 'silent', 'voice_timeout'],
  ] as const)('a server that %s does nothing, and is told of', async (_, fails, code) => {
    vosk.script = { sentences: [words('list bots', 1)], fails };
    const client = await place.chat();
    expect((await client.speak(sound(2))).problem).toMatchObject({ code });
    await expect.poll(() => vosk.open).toBe(0);
    // The connection goes on, and the next utterance is another one.
    vosk.script = { sentences: [words('list bots', 1)] };
    expect(await client.speak(sound(1))).toMatchObject({ type: 'answer' });
  });

  it('what cannot be kept of the words of a server is not what was said', async () => {
    vosk.script = { sentences: [words(String.raw`list\u0000 \ud83d \u001b[2Jbots`, 1)] };
    const client = await place.chat();
    expect(await client.speak(sound(1))).toMatchObject({ type: 'question' });
    expect(heardIn(client).at(-1)).toMatchObject({ text: 'list\ufffd \ufffd \ufffd[2Jbots' });
    expect(await client.ask('list bots')).toMatchObject({ type: 'answer' });
  });

  it('a slow server is given no more than it can take, and is waited for', async () => {
    vosk.script = { sentences: [words('list bots', 1)], fails: 'slow' };
    const client = await place.chat();
    const answer = client.speak(sound(3), 4_000);
    await sleep(150);
    // Eight pieces may be without their answer; the rest waits where it comes from.
    expect(vosk.sounds.length).toBeLessThan(14);
    expect(await answer).toMatchObject({ type: 'answer' });
    expect(vosk.sounds).toHaveLength(24);
  });

  it('an utterance has an end: too long, odd, or left alone', async () => {
    const client = await place.chat();
    expect((await client.speak(sound(8.2), 16_000)).problem).toMatchObject({ code: 'voice_too_long' });
    expect((await client.speak({ rate: RATE, pcm: Buffer.alloc(801) })).problem).toMatchObject({
      code: 'voice_malformed',
    });
    expect((await client.speak({ rate: RATE, pcm: Buffer.alloc(0) })).problem).toMatchObject({
      code: 'voice_nothing',
    });
    const from = client.frames.length;
    client.send({ action: 'voice_start' });
    await expect
      .poll(() => client.frames.slice(from).find(({ type }) => type === 'error')?.problem, {
        timeout: 15_000,
      })
      .toMatchObject({ code: 'voice_silent' });
    await expect.poll(() => vosk.open).toBe(0);
  }, 30_000);

  it('sound that comes faster than it may is held back', async () => {
    vosk.script = { sentences: [words('list bots', 1)] };
    const client = await place.chat();
    const begun = performance.now();
    await client.speak(sound(7), 16_000);
    // Seven seconds of sound, one at once and four a second.
    expect(performance.now() - begun).toBeGreaterThan(1_300);
  });

  it('one utterance of a user at a time, and so many of a server', async () => {
    const [first, second] = [await place.chat(), await place.chat()];
    first.send({ action: 'voice_start' });
    await first.heard(({ type }) => type === 'listening');
    first.send({ action: 'voice_start' });
    expect((await first.heard(({ type }) => type === 'error')).problem).toMatchObject({ code: 'voice_open' });
    second.send({ action: 'voice_start' });
    expect((await second.heard(({ type }) => type === 'error')).problem).toMatchObject({
      code: 'voice_busy',
    });
    const others = await Promise.all(
      [1, 2].map(async () => place.chat('&format=json', await makeCaller(place.test.app, 'viewer'))),
    );
    for (const other of others) other.send({ action: 'voice_start' });
    const told = await Promise.all(
      others.map((other) => other.heard(({ type }) => type === 'listening' || type === 'error')),
    );
    expect(told.map(({ type }) => type).toSorted()).toEqual(['error', 'listening']);
    // Whoever cancels or leaves makes room.
    first.send({ action: 'voice_cancel' });
    for (const { socket } of others) socket.terminate();
    await expect.poll(() => vosk.open).toBe(0);
    vosk.script = { sentences: [words('list bots', 1)] };
    expect(await second.speak(sound(1))).toMatchObject({ type: 'answer' });
  });

  it('a flood of tiny pieces is cut off', async () => {
    const client = await place.chat();
    client.send({ action: 'voice_start' });
    for (let n = 0; n < 1_000; n += 1) client.socket.send(Buffer.alloc(2));
    await expect.poll(() => client.closed, { timeout: 15_000 }).toBe(4429);
    await expect.poll(() => vosk.open).toBe(0);
  });

  it('no sound is kept: neither in the conversation nor in a file', async () => {
    vosk.script = { sentences: [words('list bots', 0.9)] };
    const client = await place.chat();
    await client.speak(sound(1));
    const rows = await place.test.app
      .get(DataSource)
      .query<{ body: unknown; text: string }[]>(
        `SELECT text, body FROM conversation_messages WHERE text = 'list bots' ORDER BY created_at DESC LIMIT 1`,
      );
    expect(rows).toEqual([{ text: 'list bots', body: { kind: 'spoken', certain: true, confidence: 0.9 } }]);
  });
});

/** As whisper servers answer. */
const said = (text: string, avg_logprob: number, no_speech_prob = 0.01): object => ({
  task: 'transcribe',
  language: 'english',
  duration: 1,
  text: ` ${text}`,
  segments: [{ id: 0, text: ` ${text}`, avg_logprob, no_speech_prob }],
});

describe('with a transcription endpoint', () => {
  let server: TranscriptionServer;
  let place: Place;
  beforeAll(async () => {
    server = await TranscriptionServer.start();
    place = await Place.open({
      STT_PROVIDER: 'openai',
      AZT3KNET_VOICE_OPENAI_URL: server.url,
      AZT3KNET_VOICE_OPENAI_MODEL: 'whisper-small',
      AZT3KNET_VOICE_OPENAI_API_KEY: 'a-key-for-whisper',
      AZT3KNET_VOICE_TIMEOUT: '3',
    });
  }, 60_000);
  beforeEach(() => {
    server.asked.length = 0;
  });
  afterEach(() => place.leave());
  afterAll(async () => {
    await place?.close();
    await server?.stop();
  });
  it('the whole utterance goes there as a WAV, and comes back as a command', async () => {
    server.reply = { body: said('List bots.', -0.1) };
    const client = await place.chat();
    const spoken = { rate: 22_050, pcm: noise(22_050) };
    expect(await client.speak(spoken)).toMatchObject({ type: 'answer', details: { command: 'bots.list' } });
    const [{ path, headers, fields, file } = { path: '', headers: {}, fields: {}, file: undefined }] =
      server.asked;
    expect(path).toBe('/v1/audio/transcriptions');
    expect(headers).toMatchObject({ authorization: 'Bearer a-key-for-whisper' });
    expect(fields).toEqual({
      model: 'whisper-small',
      language: 'en',
      response_format: 'verbose_json',
      temperature: '0',
    });
    expect(file).toMatchObject({ name: 'speech.wav', type: 'audio/wav' });
    const wav = file?.bytes ?? Buffer.alloc(44);
    expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([
      1, 1, 22_050, 16,
    ]);
    expect(wav.subarray(44).equals(spoken.pcm)).toBe(true);
  });

  it.each([
    ['is not sure', said('list bots', -1.2), { type: 'question' }],
    ['tells nothing of its certainty', { text: 'list bots' }, { type: 'question' }],
    ['wrote down what nobody said', said('Thanks for watching!', -0.1, 0.9), { type: 'error' }],
  ])('a server that %s is not obeyed', async (_, body, expected) => {
    server.reply = { body };
    expect(await (await place.chat()).speak(sound(1))).toMatchObject(expected);
  });

  it.each([
    ['fails', { status: 500, body: { error: { message: 'out of memory' } } }, 'voice_failed'],
    ['answers something else', { text: '<html>' }, 'voice_failed'],
    ['answers another form', { body: { result: 'list bots' } }, 'voice_failed'],
    ['is too slow', { afterMs: 6_000 }, 'voice_timeout'],
    ['leads elsewhere', { status: 307, body: {} }, 'voice_failed'],
  ])('a server that %s does nothing, and is told of', async (_, reply, code) => {
    server.reply = reply;
    const answer = await (await place.chat()).speak(sound(1));
    expect(answer.problem?.code).toMatch(new RegExp(`${code}|egress_timeout`));
    expect(JSON.stringify(answer)).not.toContain('out of memory');
  });
});

describe.skipIf(!hasSpeech())(
  'with pocketsphinx (needs the packages pocketsphinx, pocketsphinx-en-us and espeak-ng)',
  () => {
    let place: Place;
    beforeAll(async () => {
      place = await Place.open({ STT_PROVIDER: 'pocketsphinx', AZT3KNET_VOICE_TIMEOUT: '30' });
    }, 60_000);
    afterEach(() => place.leave());
    afterAll(() => place?.close());

    it.each([
      ['show status', 'system.status'],
      ['list bots', 'bots.list'],
      ['list jobs', 'jobs.list'],
      ['show bot analytics bot v one', 'bots.show'],
    ])('"%s" is understood as it was said', async (text, command) => {
      const client = await place.chat();
      expect(await client.speak(speechOf(text))).toMatchObject({ type: 'answer', details: { command } });
      const [heard] = heardIn(client);
      expect(heard).toMatchObject({ certain: true });
      expect(heard?.text).toBe(text.replace('analytics bot v one', 'analytics-bot-v1'));
      expect(client.frames.some(({ type }) => type === 'partial')).toBe(true);
    });

    it('"stop bot echo" is done after a spoken yes, and not before', async () => {
      await place.restart();
      const client = await place.chat();
      expect(await client.speak(speechOf('stop bot echo'))).toMatchObject({
        type: 'question',
        details: { plan: { command: 'bots.stop', arguments: { bot: 'echo' } } },
      });
      expect(await place.wanted()).toBe('running');
      expect(await client.speak(speechOf('yes'))).toMatchObject({ details: { outcome: 'done' } });
      expect(await place.wanted()).toBe('stopped');
    });

    it.each(['the weather is nice today', 'I would like some coffee', 'good morning how are you'])(
      '"%s", which is no order, does nothing but ask',
      async (text) => {
        const client = await place.chat();
        expect((await client.speak(speechOf(text))).type).toMatch(/question|error/);
        expect(heardIn(client).every(({ certain }) => certain === false)).toBe(true);
      },
    );

    it('sound of 16 kHz and of 48 kHz is heard, of 8 kHz refused', async () => {
      const client = await place.chat();
      const { pcm } = speechOf('list jobs');
      expect((await client.speak({ rate: 8_000, pcm })).problem).toMatchObject({ code: 'voice_rate' });
      expect((await client.speak({ rate: 48_000, pcm: noise(48_000) })).type).toMatch(/question|error/);
    });

    it('leaves neither a file nor a program behind, whoever hangs up', async () => {
      const client = await place.chat();
      client.send({ action: 'voice_start' });
      await client.heard(({ type }) => type === 'listening');
      await expect.poll(running).not.toBe('');
      const [pid = ''] = running().split('\n');
      expect(environmentOf(pid)).toEqual(['PATH=/usr/bin:/bin']);
      client.socket.terminate();
      await expect.poll(running).toBe('');
      const folder = join(place.test.runtime.config.dataDir, 'scratch');
      await expect.poll(() => readdirSync(folder).filter((name) => name.startsWith('voice'))).toEqual([]);
    });
  },
);

/** Processes of the recogniser, one a line. */
function running(): string {
  const pattern = '^/usr/bin/pocketsphinx_continuous.*-jsgf /dev/fd/3';
  return spawnSync('pgrep', ['-f', pattern], { encoding: 'utf8' }).stdout;
}

/** What a process has in its environment, as it was started. */
function environmentOf(pid: string): string[] {
  const { stdout } = spawnSync('cat', [`/proc/${pid}/environ`], { encoding: 'utf8' });
  return stdout.split('\0').filter((each) => each !== '' && !/^(PWD|OLDPWD|SHLVL|_)=/.test(each));
}
