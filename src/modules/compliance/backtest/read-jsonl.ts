import { AppError } from '../../../core/errors/index.js';

/** The rows of a text that has a JSON object a line; numbers, true and false as they are written, whatever is nested as JSON. */
export function readJsonl(text: string, source: string): Record<string, string>[] {
  const lines = (text.startsWith('\ufeff') ? text.slice(1) : text).split('\n');
  return lines.flatMap((line, at) => (line.trim() === '' ? [] : [rowOf(line, `${source}:${at + 1}`)]));
}

function rowOf(line: string, place: string): Record<string, string> {
  const row = parsed(line, place);
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new AppError('invalid', 'jsonl_invalid', `${place}: expected an object`);
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    ]),
  );
}

function parsed(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError('invalid', 'jsonl_invalid', `${place}: ${why}`, [], { cause: error });
  }
}
