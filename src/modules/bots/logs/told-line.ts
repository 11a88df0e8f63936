import { plainText, type Colors } from '../../../core/cli/index.js';

/** A line of a log as the API tells it. */
export interface ToldLine {
  position: string;
  at: string;
  ordinal: number | null;
  stream: string;
  message: string;
}

/** What a bot logs in fields, by its SDK. */
interface Entry {
  time: string;
  level: string;
  message: string;
  fields: readonly [string, unknown][];
}

const STREAM_WIDTH = 6;
const COLORS: Readonly<Record<string, 'dim' | 'cyan' | 'yellow' | 'red'>> = {
  debug: 'dim',
  info: 'cyan',
  warn: 'yellow',
  warning: 'yellow',
  error: 'red',
  fatal: 'red',
  critical: 'red',
};

/** A line as the bot has printed it, with when, by which instance and on which stream. */
export function asPrinted({ at, ordinal, stream, message }: ToldLine): string {
  return `${at} ${ordinal ?? '-'} ${stream.padEnd(STREAM_WIDTH)} ${plainText(message)}`;
}

/** A line for a terminal: of an entry in fields the time, the instance, the level, what it says, and the other fields. */
export function drawn(line: ToldLine, colors: Colors): string {
  const entry = entryOf(line);
  if (entry === undefined) return plainText(asPrinted(line));
  const { time, level, message, fields } = entry;
  const shown = plainText(level.toLowerCase()).padEnd(STREAM_WIDTH);
  const color = colors[COLORS[level.toLowerCase()] ?? 'bold'];
  const more = fields.map(([name, value]) => ` ${colors.dim(`${plainText(name)}=`)}${textOf(value)}`);
  return `${colors.dim(plainText(time))} ${line.ordinal ?? '-'} ${color(shown)} ${plainText(message)}${more.join('')}`;
}

/** What was logged in fields; undefined: the line is no such entry. */
function entryOf({ at, message: text }: ToldLine): Entry | undefined {
  if (!text.startsWith('{')) return undefined;
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const { time, level, message, ...fields } = parsed;
  if (typeof level !== 'string' || typeof message !== 'string') return undefined;
  const told = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return {
    time: Number.isNaN(told) ? at : new Date(told).toISOString(),
    level,
    message,
    fields: Object.entries(fields),
  };
}

/** A value in one piece: with quotation marks where its end would not be seen without them. */
function textOf(value: unknown): string {
  const json = JSON.stringify(value);
  return plainText(typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : json);
}
