import { createReadStream } from 'node:fs';
import { FileUnreadable } from '../../files/read-text-file.js';
import { FileCheck, type FileEnd } from './cassette-file.js';

/** Lines of a file that go together. */
interface Part {
  content: string;
  /** Where in the file they begin, counted from 1. */
  firstLine: number;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, 'utf8')) {
      const lines = `${rest}${chunk as string}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw isOfSystem(error) ? new FileUnreadable(path, error) : error;
  }
  if (rest !== '') yield rest;
}

function isOfSystem(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).errno !== undefined;
}

/** Checks a whole file. @throws CassetteError naming the line; FileUnreadable */
export async function checkCassetteFile(path: string): Promise<FileEnd> {
  const check = new FileCheck();
  for await (const line of linesOf(path)) check.line(line);
  return check.end();
}

/** The entries of a file that was checked, in parts that are at most so large as JSON texts. */
export async function* partsOfFile(path: string, mostBytes: number): AsyncGenerator<Part> {
  let lines: string[] = [];
  let bytes = 0;
  let at = 0;
  for await (const line of linesOf(path)) {
    at += 1;
    const size = Buffer.byteLength(JSON.stringify(line)) + 2;
    if (line.startsWith('{"end":') || bytes + size > mostBytes) {
      if (lines.length > 0) yield { content: lines.join('\n'), firstLine: at - lines.length };
      lines = [];
      bytes = 0;
    }
    lines.push(line);
    bytes += size;
  }
}
