import { BYTES_PER_SAMPLE } from './recogniser.js';

const HEADER_BYTES = 44;
const PCM = 1;

/** Sound as a WAV file: PCM, 16 bits, one channel. @param sampleRate in samples a second */
export function wavOf(sound: readonly Buffer[], sampleRate: number): Buffer<ArrayBuffer> {
  const bytes = sound.reduce((sum, { length }) => sum + length, 0);
  const wav = Buffer.alloc(HEADER_BYTES + bytes);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(PCM, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * BYTES_PER_SAMPLE, 28);
  wav.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  wav.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(bytes, 40);
  let at = HEADER_BYTES;
  for (const each of sound) at += each.copy(wav, at);
  return wav;
}
