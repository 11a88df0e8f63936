import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';

/**
 * An archive is a tar of small entries in this order: the mark; `blobs/<number>/<index>.zst`, the pieces of each object of the
 * storage; `tables/<name>/<index>.zst`, the pieces of each table as text of COPY; and at the end the manifest. Pieces are
 * compressed one by one, so that reading needs no more memory than one of them, whatever a hostile archive declares.
 */
export const MARK_ENTRY = 'azt3knet-backup';
export const FORMAT_VERSION = '1';
export const MANIFEST_ENTRY = 'manifest.json';
/** Bytes of a piece before it is compressed. */
export const PIECE_BYTES = 4 * 1024 * 1024;
/** What a piece that cannot be compressed may grow to. */
export const PACKED_MAX = PIECE_BYTES + 64 * 1024;
export const MANIFEST_MAX = 64 * 1024 * 1024;

const PIECE = /^(tables\/[a-z_][a-z0-9_]{0,62}|blobs\/\d{9})\/(\d{6,9})\.zst$/;

/** The section of a table. */
export function tableSection(name: string): string {
  return `tables/${name}`;
}

/** The section of an object, by its place in the manifest's list. */
export function blobSection(place: number): string {
  return `blobs/${String(place).padStart(9, '0')}`;
}

/** The entry of a section's piece. */
export function pieceEntry(section: string, index: number): string {
  return `${section}/${String(index).padStart(6, '0')}.zst`;
}

/** The section and index that an entry's name says; undefined when it is no piece. */
export function parsePieceEntry(entry: string): { section: string; index: number } | undefined {
  const [, section, index] = PIECE.exec(entry) ?? [];
  return section === undefined ? undefined : { section, index: Number(index) };
}

export const packPiece: (piece: Buffer) => Promise<Buffer> = promisify(zstdCompress);

/** @throws Error when the piece is damaged or larger than pieces are */
export function unpackPiece(packed: Buffer): Promise<Buffer> {
  return promisify(zstdDecompress)(packed, { maxOutputLength: PIECE_BYTES });
}
