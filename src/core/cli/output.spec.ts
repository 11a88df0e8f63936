import { execFile } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PROJECT_ROOT } from '../project.js';
import { Output, type OutputFormat } from './output.js';
import type { Columns } from './table.js';

const ITEMS = [
  { id: 'a1', name: 'Ana', tags: ['x', 'y'], at: { city: 'León', rank: 1 }, matches: [] },
  { id: 'b2', name: '=cmd|1', tags: [], at: { city: 'a, "b"', rank: -2 }, matches: [{ rule: 'pii' }] },
];
const DOCUMENT = { synthetic: true, items: ITEMS, next_cursor: null };
const COLUMNS: Columns<(typeof ITEMS)[number]> = [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['city', ({ at }) => at.city],
];

/** What an output writes, on a terminal of so many columns or to a pipe. */
function printed(format: OutputFormat, print: (output: Output) => void, columns?: number, quiet = false) {
  const streams = [new PassThrough(), new PassThrough()] as const;
  const [out, err] = streams.map((stream) =>
    Object.assign(stream, { isTTY: columns !== undefined, columns }),
  ) as unknown as [NodeJS.WriteStream, NodeJS.WriteStream];
  print(new Output({ format, quiet }, out, err));
  return { out: String(streams[0].read() ?? ''), err: String(streams[1].read() ?? '') };
}

const listed = (format: OutputFormat, columns?: number): string =>
  printed(format, (output) => output.list(DOCUMENT, ITEMS, COLUMNS), columns).out;

describe('a list', () => {
  it('is the whole document as JSON', () => {
    expect(listed('json')).toBe(`${JSON.stringify(DOCUMENT, null, 2)}\n`);
  });

  it('is an item a line as JSON Lines', () => {
    expect(listed('jsonl')).toBe(ITEMS.map((item) => `${JSON.stringify(item)}\n`).join(''));
  });

  it('is a record an item as CSV, quoted, and safe in a spreadsheet', () => {
    expect(listed('csv')).toBe(
      'id,name,tags,at.city,at.rank,matches\r\n' +
        'a1,Ana,x|y,León,1,\r\n' +
        `b2,'=cmd|1,,"a, ""b""",-2,"[{""rule"":""pii""}]"\r\n`,
    );
  });

  it('is a table for people, without colours in a pipe and with them on a terminal', () => {
    expect(listed('table')).toMatch(/│ a1 │ Ana +│ León +│/);
    expect(listed('table')).not.toContain('\u001B[');
    expect(listed('table', 80)).toContain('\u001B[1m');
  });

  it('that is empty says so beside the output', () => {
    const { out, err } = printed('table', (output) => output.list({}, [], COLUMNS));
    expect({ out, err }).toEqual({ out: '', err: 'nothing found\n' });
    expect(printed('csv', (output) => output.list({}, [], COLUMNS)).out).toBe('');
  });
});

/** What is written of the items one by one. */
function oneByOne(format: OutputFormat): string {
  return printed(format, (output) => {
    for (const [index, item] of ITEMS.entries()) output.line(item, item.name, index === 0);
  }).out;
}

describe('things that come one by one', () => {
  it('are lines for people, and JSON Lines as JSON too', () => {
    expect(oneByOne('table')).toBe('Ana\n=cmd|1\n');
    expect(oneByOne('json')).toBe(listed('jsonl'));
    expect(oneByOne('jsonl')).toBe(listed('jsonl'));
  });

  it('are rows of CSV under one header', () => {
    expect(oneByOne('csv')).toBe(listed('csv'));
  });
});

describe('colours', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('are left out where NO_COLOR is set', () => {
    vi.stubEnv('NO_COLOR', '1');
    expect(listed('table', 80)).not.toContain('\u001B[');
  });
});

describe('a pipe', () => {
  it('gets no colours, in a CI either', async () => {
    const code = `
      import { Output } from './dist/src/core/cli/output.js';
      new Output({ format: 'table', quiet: false }).list({}, [{ name: 'Ana' }], [['name', ({ name }) => name]]);`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], {
      cwd: PROJECT_ROOT,
      env: { PATH: process.env['PATH'], CI: 'true' },
    });
    expect(stdout).toContain('Ana');
    expect(stdout).not.toContain('\u001B[');
  });
});

/** The longest line, in places. */
function widthOf(text: string): number {
  // oxlint-disable-next-line no-control-regex -- colours take no place
  const lines = text.replaceAll(/\u001B\[\d+m/g, '').split('\n');
  return Math.max(...lines.map((line) => Array.from(line).length));
}

const posts = [
  { id: 'x'.repeat(36), caption: 'A mural by the river. '.repeat(9), template: 'street_art_campaign' },
];
const postColumns: Columns<(typeof posts)[number]> = [
  ['draft', ({ id }) => id],
  ['caption', ({ caption }) => caption, 'text'],
  ['template', ({ template }) => template, 'text'],
  ['agent', ({ id }) => id],
  ['made', () => '2026-01-15'],
];
const printPosts = (output: Output): void => output.list({}, posts, postColumns);

describe('a table on a terminal', () => {
  const wide = Array.from({ length: 3 }, (_, row) => ({
    cells: Array.from({ length: 9 }, (__, column) => `${row}.${column} `.padEnd(14, 'x')),
  }));
  const columns: Columns<(typeof wide)[number]> = Array.from({ length: 9 }, (_, index) => [
    `column ${index}`,
    ({ cells }: (typeof wide)[number]) => cells[index] ?? '',
  ]);

  it.each([40, 60, 80, 132, 300])('of %i columns leaves out what does not fit, from the end', (width) => {
    const { out } = printed('table', (output) => output.list({}, wide, columns), width);
    expect(widthOf(out)).toBeLessThanOrEqual(width);
    expect(out).toContain('column 1');
    expect(out.includes('column 8')).toBe(width > 9 * 17);
  });

  it('cuts texts off before it leaves columns out, and names what it leaves out', () => {
    const { out, err } = printed('table', (output) => output.list({}, posts, postColumns), 80);
    expect(widthOf(out)).toBeLessThanOrEqual(80);
    expect(out).toMatch(/│ x{36} │ A mural by[^│]*… │ street_art[a-z_]*(?:…|) │/);
    expect(err).toBe('no room for agent, made: --output csv or json has everything\n');
  });

  it('names nothing in a pipe, where nothing is left out, and nothing when it is to be quiet', () => {
    expect(printed('table', printPosts).err).toBe('');
    expect(printed('table', printPosts, 80, true).err).toBe('');
    expect(printed('json', (output) => void output.columns(posts, postColumns), 80).err).toBe('');
  });

  it('breaks words that are longer than their column, and loses nothing', () => {
    const path = `/deep/${'folder/'.repeat(20)}file`;
    const { out } = printed(
      'table',
      (output) => output.result({}, output.table(['a', 'b'], [['x', path]])),
      80,
    );
    expect(widthOf(out)).toBe(80);
    expect(out.replaceAll(/[│\s]/g, '')).toContain(path);
  });

  it('shows everything in a pipe', () => {
    expect(printed('table', (output) => output.list({}, wide, columns)).out).toContain('column 8');
  });
});

describe('pairs', () => {
  it('wrap below their values', () => {
    const text = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ');
    const { out } = printed(
      'table',
      (output) =>
        output.result(
          {},
          output.pairs([
            ['bio', text],
            ['x', 'y'],
          ]),
        ),
      60,
    );
    expect(widthOf(out)).toBeLessThanOrEqual(60);
    expect(out.split('\n')[1]).toMatch(/^ {5}word/);
  });
});

describe('a note on a terminal', () => {
  it('breaks between words, and a word that is longer than a line', () => {
    const token = 'abc'.repeat(40);
    const { err } = printed('table', (output) => output.note(`${'two words '.repeat(20)}\n  ${token}`), 60);
    expect(widthOf(err)).toBeLessThanOrEqual(60);
    expect(err.split('\n')[0]).toMatch(/^(?:two words )+two(?: words)?$/);
    expect(err.replaceAll(/\s/g, '')).toContain(token);
  });
});

const printParts = (output: Output): void => output.result(DOCUMENT, 'text', ITEMS);

describe('a result that consists of parts', () => {
  it('is the parts as JSON Lines and CSV, and the whole as JSON', () => {
    expect(printed('jsonl', printParts).out).toBe(listed('jsonl'));
    expect(printed('csv', printParts).out).toBe(listed('csv'));
    expect(printed('json', printParts).out).toBe(listed('json'));
    expect(printed('table', printParts).out).toBe('text\n');
  });
});

describe('quiet', () => {
  it('keeps notes to itself', () => {
    expect(printed('table', (output) => output.note('hello')).err).toBe('hello\n');
    expect(printed('table', (output) => output.note('hello'), undefined, true).err).toBe('');
  });
});

describe('what came from elsewhere', () => {
  const hostile = 'a\u001B]0;title\u0007b\u001B[2Jc\rd\u202Ee\u009B1mf';

  it('does nothing to a terminal', () => {
    const columns: Columns<{ name: string }> = [['name', ({ name }) => name]];
    const { out, err } = printed(
      'table',
      (output) => {
        output.result({}, output.pairs([['name', hostile]]));
        output.list({}, [{ name: hostile }], columns);
        output.note(hostile);
      },
      80,
    );
    for (const command of ['\u001B]', '\u001B[2J', '\u0007', '\r', '\u009B', '\u202E']) {
      expect(out).not.toContain(command);
      expect(err).not.toContain(command);
    }
    expect(err).toBe('a\uFFFD]0;title\uFFFDb\uFFFD[2Jc\uFFFDd\uFFFDe\uFFFD1mf\n');
    expect(out).toContain('\u001B[2m');
  });

  it('sets no colours and hides nothing', () => {
    const columns: Columns<{ name: string }> = [['name', ({ name }) => name]];
    const concealed = 'a\u001B[8mb\u001B[31mc\u001B[1md';
    const { out, err } = printed(
      'table',
      (output) => {
        output.result({}, output.pairs([['name', concealed]]));
        output.list({}, [{ name: concealed }], columns);
        output.line({}, concealed, true);
        output.note(concealed);
      },
      80,
    );
    for (const style of ['\u001B[8m', '\u001B[31m']) {
      expect(out).not.toContain(style);
      expect(err).not.toContain(style);
    }
    expect(out).not.toContain('\u001B[1md\u001B');
  });

  it('does nothing to a terminal as JSON, JSON Lines and CSV either, which still say the same', () => {
    for (const format of ['json', 'jsonl', 'csv'] as const) {
      const { out } = printed(format, (output) => output.result({ name: hostile }, ''), 80);
      for (const command of ['\u001B', '\u0007', '\r', '\u009B', '\u202E'])
        expect(out).not.toContain(command);
    }
    const { out: json } = printed('json', (output) => output.result({ name: hostile }, ''), 80);
    expect(JSON.parse(json)).toEqual({ name: hostile });
  });

  it('reaches a program as it is', () => {
    expect(printed('json', (output) => output.result({ name: hostile }, '')).out).toBe(
      `${JSON.stringify({ name: hostile }, null, 2)}\n`,
    );
  });
});

describe('a line that is drawn', () => {
  it('keeps the colours of the command, and nothing else that a terminal does', () => {
    const line = 'a\u001B[31mb\u001B[39mc\u001B[8md\u001B[2Je';
    const { out } = printed('table', (output) => output.draw(line), 80);
    expect(out).toBe('a\u001B[31mb\u001B[39mc\uFFFD[8md\uFFFD[2Je\n');
  });
});
