import type { ArgumentWords, ChatCommand } from '../registry/chat-command.js';
import { countryOfCode, countryOfName } from './countries.js';
import { SHELVES } from '../registry/things.js';
import { NUMBERS } from './lexicon.js';
import type { SubjectSaid } from './reading.js';
import { pointingAlone, pointingNoun, type SpokenBefore } from './references.js';
import type { Span } from './spans.js';
import { LANGUAGES, type Token } from './words.js';

/** Arguments as they were said, and the words that are none. */
export interface ArgumentsSaid {
  given: Record<string, unknown>;
  /** Those that were pointed at. */
  refers: Record<string, SubjectSaid>;
  left: Span[];
}

const COUNTRY_WORDS = 5;

/** A country that was named, and between which spans. */
interface Place {
  code: string;
  from: number;
  to: number;
}

/** The arguments of a command among words that are neither its verb nor its noun. @param before what words may point at */
export function argumentsIn(
  command: ChatCommand,
  spans: readonly Span[],
  before: SpokenBefore,
): ArgumentsSaid {
  const reader = new ArgumentReader(command, spans, before);
  return reader.read();
}

class ArgumentReader {
  private readonly given: Record<string, unknown> = {};
  private readonly refers: Record<string, SubjectSaid> = {};
  private left: Span[];

  constructor(
    private readonly command: ChatCommand,
    spans: readonly Span[],
    private readonly before: SpokenBefore,
  ) {
    this.left = [...spans];
  }

  read(): ArgumentsSaid {
    this.takeAges();
    this.takeOptions();
    this.takeMeasures();
    this.takeKeywords();
    this.takeReferences();
    this.takePlaces();
    this.takeValues();
    this.left = this.left.filter(({ meanings }) => !meanings.some(({ is }) => is === 'filler'));
    this.takeNames();
    return { given: this.given, refers: this.refers, left: this.left };
  }

  private get spoken(): [string, ArgumentWords][] {
    return Object.entries(this.command.spoken).filter(
      ([name]) => !(name in this.given) && !(name in this.refers),
    );
  }

  private named(word: string): string | undefined {
    const spelt = word.replaceAll('-', '_');
    return this.spoken.find(
      ([name, { words }]) => name === spelt || LANGUAGES.some((language) => words[language].includes(word)),
    )?.[0];
  }

  /** `aged 20 to 30`: two arguments at once. */
  private takeAges(): void {
    const low = this.spoken.find(([, { form }]) => form === 'age_from')?.[0];
    const high = this.spoken.find(([, { form }]) => form === 'age_to')?.[0];
    if (low === undefined || high === undefined) return;
    const at = this.left.findIndex(({ meanings }) => meanings.some(({ is }) => is === 'ages'));
    const ages = this.left[at]?.meanings.find((each) => each.is === 'ages');
    if (ages === undefined || !this.accepts(low, ages.from) || !this.accepts(high, ages.to)) return;
    this.given[low] = ages.from;
    this.given[high] = ages.to;
    this.left.splice(at, 1);
  }

  /** `seed=42`, `--seed 42`. */
  private takeOptions(): void {
    this.left = this.left.filter((span) => {
      const [, word, value] = /^-{0,2}([\p{L}_-]+)=(.+)$/u.exec(span.text) ?? [];
      const name = word === undefined ? undefined : this.named(word.toLowerCase());
      if (name === undefined || value === undefined) return true;
      this.put(name, value);
      return false;
    });
  }

  /** `for 20 ticks`. */
  private takeMeasures(): void {
    for (let at = 1; at < this.left.length; at += 1) {
      const [before, number, unit] = [this.left[at - 2], this.left[at - 1] as Span, this.left[at] as Span];
      const name = this.named(wordsOf(unit));
      const value = numberOf(number.text);
      if (name === undefined || value === undefined || this.command.spoken[name]?.isUnit !== true) continue;
      // "seed 20 ticks 5": the number is of the word before it.
      if (before !== undefined && this.named(wordsOf(before)) !== undefined) continue;
      this.put(name, number.text);
      this.left.splice(at - 1, 2);
      at -= 1;
    }
  }

  /** `with seed 42`, `template street_art for population metro_cdmx`. */
  private takeKeywords(): void {
    for (let at = 0; at < this.left.length; at += 1) {
      const span = this.left[at] as Span;
      const name = span.tokens.some(({ quoted }) => quoted) ? undefined : this.named(wordsOf(span));
      if (name === undefined) continue;
      let value = at + 1;
      while (isFiller(this.left[value])) value += 1;
      const said = this.left[value];
      // A word of ours is no value: "limit the campaigns", "the last population with seed 4".
      if (said === undefined || !isValue(said) || this.named(wordsOf(said)) !== undefined) continue;
      this.put(name, said.text);
      this.left.splice(at, value - at + 1);
      at -= 1;
    }
  }

  /** `for the last population`, `of it`. */
  private takeReferences(): void {
    for (const [name, kind] of Object.entries(this.command.mentions ?? {})) {
      if (name in this.given || SHELVES[kind]?.timeless === true) continue;
      const pointing = pointingNoun(this.left, kind) ?? pointingAlone(this.left, kind, this.before);
      if (pointing === undefined) continue;
      this.refers[name] = pointing.said;
      this.left.splice(pointing.from, pointing.to - pointing.from + 1);
    }
  }

  /** `from Guadalajara, Mexico`. */
  private takePlaces(): void {
    const country = this.spoken.find(([, { form }]) => form === 'country')?.[0];
    if (country === undefined) return;
    const place = this.placeBy(countryOfName) ?? this.placeBy(countryOfCode);
    if (place === undefined) return;
    this.given[country] = place.code;
    this.takeCity(place.from);
    this.left = this.left.filter((_, at) => at < place.from || at > place.to);
  }

  /** The longest words that name a country. @returns between which spans */
  private placeBy(codeOf: (tokens: readonly Token[]) => string | undefined): Place | undefined {
    const tokens = this.left.flatMap((span, at) => span.tokens.map((token) => ({ token, at })));
    for (let length = COUNTRY_WORDS; length > 0; length -= 1)
      for (let from = 0; from + length <= tokens.length; from += 1) {
        const taken = tokens.slice(from, from + length);
        const code = codeOf(taken.map(({ token }) => token));
        const [first, last] = [taken[0], taken.at(-1)];
        if (code !== undefined && first !== undefined && last !== undefined)
          return { code, from: first.at, to: last.at };
      }
    return undefined;
  }

  /** What stands before the country, up to a word that we know. */
  private takeCity(country: number): void {
    const city = this.spoken.find(([, { form }]) => form === 'city')?.[0];
    if (city === undefined) return;
    let from = country;
    while (from > 0 && isFiller(this.left[from - 1]) && !isName(this.left[from - 2])) from -= 1;
    let begin = from;
    while (begin > 0 && isName(this.left[begin - 1])) begin -= 1;
    if (begin === from) return;
    const name = this.left.slice(begin, from).map(({ text }) => text);
    if (name.every((word) => numberOf(word) === undefined)) {
      this.given[city] = name.join(' ');
      for (let at = begin; at < from; at += 1)
        this.left[at] = { ...(this.left[at] as Span), meanings: [{ is: 'filler' }] };
    }
  }

  /** Numbers, states and other values that say themselves what they are. */
  private takeValues(): void {
    this.left = this.left.filter((span) => !this.takeValue(span));
  }

  private takeValue(span: Span): boolean {
    for (const [name, { form }] of this.spoken) {
      const value = valuesFor(form, span).find((each) => this.accepts(name, each));
      if (value === undefined) continue;
      this.given[name] = value;
      return true;
    }
    return false;
  }

  private takeNames(): void {
    const name = this.spoken.find(([, { form }]) => form === 'name' || form === 'queue')?.[0];
    const said = this.left.filter(isName);
    const [only] = said;
    if (name === undefined || only === undefined || said.length !== 1) return;
    this.given[name] = only.text;
    this.left = this.left.filter((span) => span !== only);
  }

  /** Reads a value that a keyword gave as what its argument is. */
  private put(name: string, text: string): void {
    const number = numberOf(text);
    this.given[name] =
      number !== undefined && this.accepts(name, number) && !this.accepts(name, text) ? number : text;
  }

  private accepts(name: string, value: unknown): boolean {
    const schema = this.command.arguments.shape[name];
    return schema !== undefined && schema.safeParse(value).success;
  }
}

function wordsOf({ tokens }: Span): string {
  return tokens.map(({ word }) => word).join(' ');
}

function valuesFor(form: ArgumentWords['form'], { meanings, text }: Span): readonly unknown[] {
  if (form === 'number') return [numberOf(text)].filter((number) => number !== undefined);
  if (form === 'all') return meanings.some(({ is }) => is === 'many') ? [true] : [];
  const is = form === 'status' ? 'state' : form;
  return meanings.flatMap((each) => (each.is === is && 'value' in each ? [each.value] : []));
}

/** A number in digits, such as `1,000`, `1.000` or `5k`, or in a word. */
export function numberOf(text: string): number | undefined {
  const word = text.toLowerCase();
  if (/^\d{1,9}$/.test(word)) return Number(word);
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(word)) return Number(word.replaceAll(/[.,]/g, ''));
  const thousands = /^(\d{1,4})k$/.exec(word)?.[1];
  if (thousands !== undefined) return Number(thousands) * 1_000;
  return Object.hasOwn(NUMBERS, word) ? NUMBERS[word] : undefined;
}

function isFiller(span: Span | undefined): boolean {
  return span !== undefined && span.meanings.some(({ is }) => is === 'filler');
}

/** A word that nobody knows, or one between quotation marks. */
export function isName(span: Span | undefined): boolean {
  return span !== undefined && span.meanings.length === 0;
}

function isValue(span: Span): boolean {
  return (
    isName(span) ||
    span.meanings.every(({ is }) => is === 'state' || is === 'gender' || is === 'severity' || is === 'mode')
  );
}
