import { describe, expect, it } from 'vitest';
import { pictureOf } from './picture.rules.js';

const GIF = Buffer.from('R0lGODlhAgADAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A JPEG of nothing but its head: a comment and the frame. */
function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2]), frame]);
}

function webp(chunk: string, at: number, bytes: number[]): Buffer {
  const data = Buffer.alloc(40);
  data.write('RIFF', 0, 'latin1');
  data.write(`WEBP${chunk}`, 8, 'latin1');
  Buffer.from(bytes).copy(data, at);
  return data;
}

describe('a picture', () => {
  it.each([
    ['image/gif', 2, 3, GIF],
    ['image/png', 1, 1, PNG],
    ['image/jpeg', 640, 480, jpeg(640, 480)],
    ['image/webp', 257, 2, webp('VP8X', 24, [0, 1, 0, 1, 0, 0])],
    ['image/webp', 16, 9, webp('VP8 ', 26, [16, 0, 9, 0])],
    ['image/webp', 2, 3, webp('VP8L', 21, [1, 0x80, 0, 0])],
  ] as const)('is what its bytes say: %s', (mediaType, width, height, bytes) => {
    expect(pictureOf(bytes)).toEqual({ mediaType, width, height });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['the beginning of one', PNG.subarray(0, 20)],
    ['one without a size', jpeg(0, 0)],
    ['a JPEG that leads in a circle', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0, 0, 0])],
    ['a video', Buffer.from('\0\0\0\x18ftypmp42', 'latin1')],
  ])('is not %s', (_what, bytes) => {
    expect(pictureOf(bytes)).toBeUndefined();
  });

  it('is one wherever it stands in memory', () => {
    const room = Buffer.concat([Buffer.alloc(7), GIF]);
    expect(pictureOf(new Uint8Array(room.buffer, room.byteOffset + 7, GIF.length))).toMatchObject({
      width: 2,
    });
  });
});
