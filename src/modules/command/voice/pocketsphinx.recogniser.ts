import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openScratch } from '../../../core/files/index.js';
import type { ChatCommand } from '../registry/chat-command.js';
import { grammarOf } from './grammar.js';
import { RATES, type Ear, type Heard, type Listening, type Recogniser } from './recogniser.js';
import { SphinxLog } from './sphinx-log.js';
import { VoiceErrors } from './voice.errors.js';

/** The model was made of sound with more than this many samples a second. */
const RATE_MIN = 16_000;
/** Fast Fourier transforms take a power of two; so many seconds of sound have to fit. */
const WINDOW_SECONDS = 0.025625;
/** Whoever has no rights on this machine. */
const NOBODY = { uid: 65_534, gid: 65_534 };
/** It reads a file, which a socket, as Node gives its children, is not: `cat` makes a pipe of it. */
const PIPED = 'cat | exec "$@"';

/** Where the program and its model are. */
interface SphinxPlaces {
  program: string;
  /** Folder with `en-us` and `cmudict-en-us.dict`. */
  model: string;
}

/** The program pocketsphinx_continuous on this machine, with a grammar of the registry of commands. It knows English. */
export class PocketsphinxRecogniser implements Recogniser {
  private sounds: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(
    private readonly places: SphinxPlaces,
    private readonly dataDir: string,
    private readonly commands: readonly ChatCommand[],
  ) {}

  async listen(listening: Listening): Promise<Ear> {
    if (listening.sampleRate < RATE_MIN) throw VoiceErrors.rate(`${RATE_MIN} to ${RATES.max}`);
    this.sounds ??= soundsIn(join(this.places.model, 'cmudict-en-us.dict'));
    const sounds = await this.sounds.catch((error: unknown) => {
      this.sounds = undefined;
      throw VoiceErrors.failed('its model cannot be read', error);
    });
    const { jsgf, words } = grammarOf(this.commands, listening.names, (word) => sounds.has(word));
    const lines = words.flatMap((word) =>
      (sounds.get(word) ?? []).map((each, n) => `${word}${n === 0 ? '' : `(${n + 1})`} ${each}`),
    );
    const folder = openScratch(this.dataDir, 'voice');
    try {
      const files = { grammar: join(folder, 'grammar.jsgf'), words: join(folder, 'words.dict') };
      await writeFile(files.grammar, jsgf, { mode: 0o644 });
      await writeFile(files.words, `${lines.join('\n')}\n`, { mode: 0o644 });
      return new SphinxEar(this.start(files, listening), listening, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Without the environment of this process and, where it is root, without its rights; in a group that ends as one. */
  private start(files: { grammar: string; words: string }, { sampleRate }: Listening): ChildProcess {
    const { program, model } = this.places;
    const grammar = openSync(files.grammar, 'r');
    const words = openSync(files.words, 'r');
    const settings = {
      infile: '/dev/stdin',
      hmm: join(model, 'en-us'),
      jsgf: '/dev/fd/3',
      dict: '/dev/fd/4',
      samprate: String(sampleRate),
      nfft: String(2 ** Math.ceil(Math.log2(sampleRate * WINDOW_SECONDS))),
      // Scores of words are compared with the best that any sound would have, and not those of the grammar alone.
      compallsen: 'yes',
      backtrace: 'yes',
      vad_postspeech: '100',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`-${name}`, value]);
    try {
      return spawn('/bin/sh', ['-c', PIPED, 'sh', program, ...args], {
        ...(process.getuid?.() === 0 && NOBODY),
        cwd: '/',
        env: { PATH: '/usr/bin:/bin' },
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe', grammar, words],
      });
    } finally {
      closeSync(grammar);
      closeSync(words);
    }
  }
}

class SphinxEar implements Ear {
  private readonly log = new SphinxLog();
  private readonly gone: Promise<number | null>;
  private failure: Error | undefined;

  constructor(
    private readonly child: ChildProcess,
    listening: Listening,
    folder: string,
  ) {
    const { stdin, stdout, stderr } = child;
    this.gone = new Promise((resolve) => {
      child.once('error', (error) => {
        this.failure = VoiceErrors.failed('its program cannot be started', error);
        resolve(null);
      });
      child.once('close', (code) => resolve(code));
    });
    void this.gone.then(() => rm(folder, { recursive: true, force: true }));
    // Who ends early is seen by its code.
    stdin?.on('error', () => {});
    stderr?.setEncoding('utf8').on('data', (text: string) => this.log.read(text));
    const said: string[] = [];
    stdout?.setEncoding('utf8').on('data', (text: string) => {
      said.push(...text.split('\n').filter((line) => line.trim() !== ''));
      if (said.length > 0 && !listening.signal.aborted) listening.partial(said.join(' '));
    });
    listening.signal.addEventListener('abort', () => this.kill());
    if (listening.signal.aborted) this.kill();
  }

  async write(sound: Buffer): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    const { stdin } = this.child;
    if (stdin === null || !stdin.writable) throw this.broken();
    if (!stdin.write(sound)) await Promise.race([once(stdin, 'drain'), this.gone]);
  }

  async end(): Promise<Heard> {
    this.child.stdin?.end();
    const code = await this.gone;
    if (this.failure !== undefined) throw this.failure;
    if (code !== 0) throw this.broken();
    return this.log.heard();
  }

  private broken(): Error {
    return VoiceErrors.failed('its program ended by itself');
  }

  private kill(): void {
    const { pid, exitCode, signalCode } = this.child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It is gone.
    }
  }
}

/** How words sound: each with its pronunciations. */
async function soundsIn(file: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const sounds = new Map<string, string[]>();
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const at = line.indexOf(' ');
    if (at <= 0) continue;
    const word = line.slice(0, at).replace(/\(\d+\)$/, '');
    const others = sounds.get(word);
    if (others === undefined) sounds.set(word, [line.slice(at + 1)]);
    else others.push(line.slice(at + 1));
  }
  return sounds;
}
