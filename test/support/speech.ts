import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Sound as the chat takes it, with its rate in samples a second. */
export interface Speech {
  rate: number;
  pcm: Buffer;
}

/** Whether espeak-ng, pocketsphinx and its model are installed, as the Debian packages of these names put them there. */
export function hasSpeech(): boolean {
  return (
    spawnSync('espeak-ng', ['--version'], { stdio: 'ignore' }).status === 0 &&
    existsSync('/usr/bin/pocketsphinx_continuous') &&
    existsSync('/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict')
  );
}

/** Has espeak-ng say something, between two pauses with the faint noise of a room. */
export function speechOf(text: string, voice = 'en-us+f3'): Speech {
  const { stdout } = spawnSync('espeak-ng', ['-v', voice, '-s', '120', '--stdout', text], {
    maxBuffer: 16_777_216,
  });
  const rate = stdout.readUInt32LE(24);
  const loud = stdout.subarray(stdout.indexOf('data') + 8);
  const samples = new Int16Array(loud.buffer.slice(loud.byteOffset, loud.byteOffset + (loud.length & ~1)));
  const spoken = Int16Array.from(samples, (each, n) => Math.round(each * 0.7) + noiseAt(n));
  return { rate, pcm: Buffer.concat([noise(rate * 0.5), Buffer.from(spoken.buffer), noise(rate * 0.7)]) };
}

/** Faint noise of so many samples: recognisers take digital silence for a broken microphone. */
export function noise(samples: number): Buffer {
  return Buffer.from(Int16Array.from({ length: Math.round(samples) }, (_, n) => noiseAt(n)).buffer);
}

/** The same noise each time. */
function noiseAt(n: number): number {
  return ((Math.imul(n + 1, 2_654_435_761) >>> 16) % 13) - 6;
}

/** Sound in pieces, as a microphone gives it. @param bytes of each, an even number */
export function* pieces(pcm: Buffer, bytes = 8_000): Generator<Buffer> {
  for (let at = 0; at < pcm.length; at += bytes) yield pcm.subarray(at, at + bytes);
}
