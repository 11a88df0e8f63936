import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEADS, maskOf, type Head, type WordClass } from '../../src/modules/compliance/classifiers/heads.js';
import { foldOf, lexiconEntry, type Example, type Labels } from './authored.js';
import { parseDelimited } from './csv.js';

type Known = Partial<Record<Head, 0 | 1 | -1>>;

/** Heads about which posts of a general source say nothing in themselves; the trainer leaves doubtful ones out. */
const OTHERWISE: Known = {
  hate: -1,
  harassment: -1,
  profanity: -1,
  self_harm: 0,
  sexual: 0,
  violence: 0,
  minors: 0,
  spam: 0,
  scam: 0,
  disinformation: 0,
  injection: 0,
};

function labels(known: Known): Labels {
  return Int8Array.from(HEADS, (head) => known[head] ?? OTHERWISE[head] ?? -1);
}

const bit = (value: string | undefined): 0 | 1 => (value === '1' ? 1 : 0);

/** Reads the files of the folder of moderation data; of one that is not there, nothing. */
export class Datasets {
  constructor(private readonly folder: string) {}

  private text(file: string): string | undefined {
    const path = join(this.folder, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  private rows(file: string): Record<string, string>[] {
    const text = this.text(file);
    return text === undefined ? [] : parseDelimited(text, ',');
  }

  private examples<Row>(
    source: string,
    rows: readonly Row[],
    read: (row: Row) => [string, Known, number?],
  ): Example[] {
    return rows.map((row) => {
      const [text, known, weight = 1] = read(row);
      return { text, labels: labels(known), source, fold: foldOf(text), weight };
    });
  }

  hatemoji(split: 'train' | 'validation' | 'test'): Example[] {
    return this.examples(`hatemojibuild-${split}`, this.rows(`hatemojibuild_${split}.csv`), (row) => [
      row['text'] ?? '',
      { hate: bit(row['label_gold']), harassment: row['label_gold'] === '1' ? 1 : -1 },
      3,
    ]);
  }

  davidson(): Example[] {
    return this.examples('davidson', this.rows('davidson.csv'), (row) => {
      const kind = row['class'];
      const rude = kind === '2' ? 0 : 1;
      return [
        row['tweet'] ?? '',
        { hate: kind === '0' ? 1 : 0, harassment: kind === '1' ? -1 : rude, profanity: rude, sexual: -1 },
        kind === '1' ? 0.25 : 0.7,
      ];
    });
  }

  edos(split: 'train' | 'dev' | 'test'): Example[] {
    const rows = this.rows('edos.csv').filter((row) => row['split'] === split);
    return this.examples(`edos-${split}`, rows, (row) => {
      const sexist = row['label_sexist'] === 'sexist' ? 1 : 0;
      return [row['text'] ?? '', { hate: sexist, harassment: sexist === 1 ? 1 : -1, sexual: -1 }, 0.5];
    });
  }

  ken20(file: 'train_union' | 'dev_500' | 'test_2000'): Example[] {
    return this.examples(`ken20-${file}`, this.rows(`ken20_${file}.csv`), (row) => {
      const hate = bit(row['label']);
      return [row['text'] ?? '', { hate, harassment: hate === 1 ? 1 : -1, sexual: -1 }, 0.7];
    });
  }

  toxigen(): Example[] {
    const lines = (this.text('toxigen_sentences.jsonl') ?? '').split('\n').filter((line) => line !== '');
    return this.examples('toxigen', lines, (line) => {
      const { text, y } = JSON.parse(line) as { text: string; y: number };
      return [text, { hate: y === 1 ? 1 : 0, harassment: y === 1 ? 1 : 0, profanity: 0 }, 2];
    });
  }

  surge(): Example[] {
    return this.examples('surge', this.rows('surge_toxicity.csv'), (row) => {
      const toxic = row['is_toxic'] === 'Toxic' ? 1 : 0;
      return [row['text'] ?? '', { harassment: toxic, hate: toxic === 1 ? -1 : 0, sexual: -1 }, 3];
    });
  }

  sms(): Example[] {
    const lines = (this.text('sms.tsv') ?? '').split('\n').filter((line) => line !== '');
    return this.examples('sms', lines, (line) => {
      const spam = line.startsWith('spam\t') ? 1 : 0;
      const other = spam === 1 ? -1 : 0;
      return [
        line.slice(line.indexOf('\t') + 1),
        { spam, scam: other, sexual: other, hate: 0, harassment: other, disinformation: 0 },
        2,
      ];
    });
  }

  telegram(): Example[] {
    const read = (file: string): string[] =>
      (this.text(file) ?? '').split('\n').filter((line) => line !== '');
    return [
      ...this.examples('telegram', read('tgspam_spam.txt'), (text) => [
        text,
        { spam: 1, scam: -1, sexual: -1 },
      ]),
      ...this.examples('telegram', read('tgspam_ham.txt'), (text) => [text, { spam: 0, scam: 0 }]),
    ];
  }

  /** Ordinary sentences of every kind, written to try the finding of personal data; nothing is learned from them. */
  harmless(): Example[] {
    const rows = JSON.parse(this.text('presidio_synth_v2.json') ?? '[]') as { full_text: string }[];
    return this.examples('presidio', rows, ({ full_text: text }) => [
      text,
      { hate: 0, harassment: 0, profanity: 0 },
    ]);
  }

  deepset(split: 'train' | 'test'): Example[] {
    return this.examples(`deepset-${split}`, this.rows(`deepset_${split}.csv`), (row) => {
      const injection = bit(row['label']);
      return [
        row['text'] ?? '',
        { injection, harassment: injection === 1 ? -1 : 0, hate: injection === 1 ? -1 : 0 },
        3,
      ];
    });
  }

  jailbreaks(): Example[] {
    const lines = (this.text('itw_jailbreak.txt') ?? '').split('\n').filter((line) => line.trim() !== '');
    return this.examples('jailbreak', lines, (text) => [
      text,
      { injection: 1, sexual: -1, violence: -1, minors: -1, self_harm: -1, disinformation: -1 },
      2,
    ]);
  }

  giskard(): Example[] {
    return this.examples('giskard', this.rows('giskard_pi.csv'), (row) => [
      row['prompt'] ?? '',
      { injection: 1 },
    ]);
  }

  /** Comments with the UTF-16 offsets of the characters that readers marked as toxic. */
  toxicSpans(split: 'train' | 'trial' | 'test'): { text: string; marked: Set<number> }[] {
    return this.rows(`tsd_${split}.csv`).map((row) => {
      const text = row['text'] ?? '';
      const points = new Set(JSON.parse(row['spans'] ?? '[]') as number[]);
      return { text, marked: unitsOf(text, points) };
    });
  }

  /** The same comments as whole texts that readers found toxic. */
  toxicComments(): Example[] {
    const rows = this.toxicSpans('train').filter(({ marked }) => marked.size > 0);
    return this.examples('toxic-spans', rows, ({ text }) => [
      text,
      { harassment: 1, sexual: -1, violence: -1 },
      0.7,
    ]);
  }

  /** Class masks of words that the listed lexicons have beyond the authored one. */
  lexicon(): Map<string, number> {
    const found = new Map<string, number>();
    const add = (text: string, name: WordClass): void => {
      const entry = lexiconEntry(text);
      if (entry !== undefined && /^[a-z ]{3,}$/u.test(entry))
        found.set(entry, (found.get(entry) ?? 0) | maskOf(name));
    };
    for (const row of this.rows('surge_profanity.csv')) {
      const name = profanityClass(row['category_1'] ?? '', Number(row['severity_rating']));
      if (name !== undefined) add(row['text'] ?? '', name);
    }
    for (const term of (this.text('ldnoobw_en.txt') ?? '').split('\n')) add(term, 'sexual');
    for (const term of (this.text('ldnoobw_es.txt') ?? '').split('\n')) add(term, 'profane');
    return found;
  }
}

function profanityClass(category: string, severity: number): WordClass | undefined {
  if (category.startsWith('racial') || category.startsWith('mental'))
    return severity >= 1.4 ? 'slur' : undefined;
  if (category.startsWith('sexual orientation')) return severity >= 1.8 ? 'slur' : 'profane';
  if (category.startsWith('sexual')) return severity >= 1.4 ? 'sexual' : undefined;
  return category.startsWith('animal') || category.startsWith('political') ? undefined : 'profane';
}

/** The sets count code points; places in our texts are UTF-16 units. */
function unitsOf(text: string, points: ReadonlySet<number>): Set<number> {
  const units = new Set<number>();
  let unit = 0;
  Array.from(text).forEach((character, point) => {
    if (points.has(point)) for (let part = 0; part < character.length; part += 1) units.add(unit + part);
    unit += character.length;
  });
  return units;
}
