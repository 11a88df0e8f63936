/** Pixels that a picture may have: what takes little room as a file may fill the memory of who shows it. */
export const PIXELS_MAX = 33_554_432;

/** What the bytes of a picture say of it; sides in pixels. */
export interface Picture {
  mediaType: string;
  width: number;
  height: number;
}

export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** What picture some bytes are, by their own words; undefined when none that is taken. */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture = pngOf(data) ?? gifOf(data) ?? webpOf(data) ?? jpegOf(data);
  return picture !== undefined && picture.width > 0 && picture.height > 0 ? picture : undefined;
}

function pngOf(data: Buffer): Picture | undefined {
  const isPng = data.length >= 33 && data.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n';
  if (!isPng || data.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { mediaType: 'image/png', width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

function gifOf(data: Buffer): Picture | undefined {
  if (data.length < 14 || !['GIF87a', 'GIF89a'].includes(data.toString('latin1', 0, 6))) return undefined;
  return { mediaType: 'image/gif', width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
}

function webpOf(data: Buffer): Picture | undefined {
  const isWebp =
    data.length >= 30 &&
    data.toString('latin1', 0, 4) === 'RIFF' &&
    data.toString('latin1', 8, 12) === 'WEBP';
  if (!isWebp) return undefined;
  const size = webpSize(data, data.toString('latin1', 12, 16));
  return size && { mediaType: 'image/webp', width: size[0], height: size[1] };
}

/** By the first chunk: extended, lossless or lossy. */
function webpSize(data: Buffer, chunk: string): [width: number, height: number] | undefined {
  if (chunk === 'VP8X') return [data.readUIntLE(24, 3) + 1, data.readUIntLE(27, 3) + 1];
  if (chunk === 'VP8 ') return [data.readUInt16LE(26) & 0x3fff, data.readUInt16LE(28) & 0x3fff];
  if (chunk !== 'VP8L') return undefined;
  const bits = data.readUInt32LE(21);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

/** Walks over the segments of a JPEG to the one that has its size. */
function jpegOf(data: Buffer): Picture | undefined {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= data.length;) {
    const marker = data.readUInt16BE(at);
    if (marker < 0xffc0 || marker > 0xfffe) return undefined;
    const isFrame = marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame)
      return { mediaType: 'image/jpeg', width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
    at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}
