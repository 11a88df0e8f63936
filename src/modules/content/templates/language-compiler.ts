import type { Thread } from '../writing/draft-context.js';
import type { Language } from '../writing/language.js';
import { TONES, type Tone } from '../../agents/index.js';
import type { Alternative, ChoiceList, CompiledLanguage } from './compiled-template.js';
import {
  LiquidSandbox,
  LiquidSourceError,
  type LiquidScope,
  type LiquidText,
  type PathSegment,
} from './liquid-sandbox.js';
import type { AlternativeDocument, LanguageTexts } from './template.schema.js';
import { sampleInput, type TemplateInputs } from './inputs.js';
import { SAMPLE_AGENT, scopeOf, VARIABLES, type DraftAgent, type VariableName } from './variables.js';

/** Something that a template's schema cannot see, with the path of the value that is wrong. */
export interface TemplateProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = readonly (string | number)[];

/** What a template declares. */
export interface Declared {
  readonly variables: readonly VariableName[];
  readonly inputs: TemplateInputs;
}

/** Names that Liquid or the variables already use. */
const RESERVED = new Set([
  'agent',
  'interest',
  'other_interest',
  'topic',
  'campaign',
  'thread',
  'input',
  'true',
  'false',
  'nil',
  'null',
  'empty',
  'blank',
]);

/** What texts are tried with that answer another. */
const SAMPLE_THREAD: Thread = { author: '@somebody', topic: 'a topic', draft_id: null, text_sha256: '' };

const SANDBOXES: Record<Language, LiquidSandbox> = {
  en: new LiquidSandbox('en'),
  es: new LiquidSandbox('es'),
};

/** Compiles one language of a template, noting every problem and what was read on the way. */
export class LanguageCompiler {
  readonly problems: TemplateProblem[] = [];
  readonly readVariables = new Set<VariableName>();
  readonly readInputs = new Set<string>();
  private readonly phraseNames: readonly string[];
  private readonly readPhrases = new Set<string>();
  private readonly base: Path;

  constructor(
    private readonly language: Language,
    private readonly texts: LanguageTexts,
    private readonly declared: Declared,
    base: readonly string[] = ['languages', language],
  ) {
    this.base = base;
    this.phraseNames = Object.keys(texts.phrases ?? {});
  }

  /** The compiled texts; only sound while `problems` stays empty. */
  compile(): CompiledLanguage {
    const { texts } = this;
    const phrases = new Map<string, ChoiceList>();
    for (const [name, list] of Object.entries(texts.phrases ?? {})) {
      const path = [...this.base, 'phrases', name];
      if (RESERVED.has(name)) this.problem(path, `the name ${name} is taken; choose another for the phrase`);
      phrases.set(name, this.choices(list, path, [...phrases.keys()]));
    }
    const compiled: CompiledLanguage = {
      language: this.language,
      terms: new Map(Object.entries(texts.terms ?? {}).map(([name, term]) => [name.toLowerCase(), term])),
      phrases,
      caption: this.place('caption', texts.caption),
      altText: this.place('alt_text', texts.alt_text),
      hashtags: texts.hashtags.flatMap(
        (source, index) =>
          this.alternative(source, index, [...this.base, 'hashtags', index], this.phraseNames) ?? [],
      ),
      ...this.variations(),
    };
    for (const name of this.phraseNames) {
      if (!this.readPhrases.has(name))
        this.problem([...this.base, 'phrases', name], 'no text reads this phrase');
    }
    return compiled;
  }

  private variations(): Pick<CompiledLanguage, 'variationCount' | 'variations'> {
    const { variations } = this.texts;
    if (Array.isArray(variations)) {
      const lists = variations.map((entry, index) =>
        this.choices([entry], [...this.base, 'variations', index], this.phraseNames),
      );
      return { variationCount: lists.length, variations: lists };
    }
    const list =
      variations.alternatives === undefined
        ? this.place('caption', this.texts.caption)
        : this.choices(
            variations.alternatives,
            [...this.base, 'variations', 'alternatives'],
            this.phraseNames,
          );
    return { variationCount: variations.count, variations: [list] };
  }

  private place(name: string, texts: string | AlternativeDocument[]): ChoiceList {
    return this.choices(typeof texts === 'string' ? [texts] : texts, [...this.base, name], this.phraseNames);
  }

  /** @param readable the phrases that these texts may read */
  private choices(list: readonly AlternativeDocument[], path: Path, readable: readonly string[]): ChoiceList {
    const byTone: Record<Tone, Alternative[]> = {
      casual: [],
      formal: [],
      enthusiastic: [],
      sarcastic: [],
      informative: [],
    };
    let refused = false;
    for (const [index, entry] of list.entries()) {
      const [source, tones] = typeof entry === 'string' ? [entry, TONES] : [entry.text, entry.tones];
      const alternative = this.alternative(
        source,
        index,
        list.length === 1 ? path : [...path, index],
        readable,
        tones,
      );
      if (alternative) for (const tone of new Set(tones)) byTone[tone].push(alternative);
      else refused = true;
    }
    // A refused text would have served its tones: one report is enough.
    if (refused) return byTone;
    const silent = TONES.filter((tone) => byTone[tone].length === 0);
    if (silent.length > 0) this.problem(path, `there is no text for the tone ${silent.join(', ')}`);
    return byTone;
  }

  private alternative(
    source: string,
    index: number,
    path: Path,
    readable: readonly string[],
    tones: readonly Tone[] = TONES,
  ): Alternative | undefined {
    const before = this.problems.length;
    let text: LiquidText;
    try {
      text = SANDBOXES[this.language].compile(source);
    } catch (error) {
      if (!(error instanceof LiquidSourceError)) throw error;
      this.problem(path, error.message);
      return undefined;
    }
    const phrases = new Set<string>();
    for (const variable of text.reads) this.checkRead(variable, path, readable, phrases);
    if (this.problems.length === before) this.rehearse(text, path, tones);
    if (this.problems.length > before) return undefined;
    return { index, text, phrases: this.phraseNames.filter((name) => phrases.has(name)) };
  }

  private checkRead(
    read: readonly PathSegment[],
    path: Path,
    readable: readonly string[],
    phrases: Set<string>,
  ): void {
    if (read.some((segment) => typeof segment === 'object')) {
      this.problem(path, `${String(read[0])}[…] is looked up by a variable; write the name of the field`);
      return;
    }
    const dotted = read.join('.');
    const root = String(read[0]);
    if (this.phraseNames.includes(root)) {
      if (read.length > 1) this.problem(path, `${dotted}: a phrase is a text and has no fields`);
      else if (!readable.includes(root)) this.problem(path, `the phrase ${root} is not above this text`);
      phrases.add(root);
      this.readPhrases.add(root);
      return;
    }
    if (root === 'input') {
      this.checkInput(read, path);
      return;
    }
    const variable = VARIABLES.find((name) => dotted === name || dotted.startsWith(`${name}.`));
    if (variable === undefined) {
      this.problem(
        path,
        `unknown variable ${dotted}; known are ${[...VARIABLES, ...this.phraseNames].join(', ')}`,
      );
    } else if (this.declared.variables.includes(variable)) {
      this.readVariables.add(variable);
    } else {
      this.problem(path, `${variable} is not declared; add it to variables`);
    }
  }

  private checkInput(read: readonly PathSegment[], path: Path): void {
    const name = String(read[1]);
    const known = Object.keys(this.declared.inputs);
    if (read.length > 1 && known.includes(name)) this.readInputs.add(name);
    else {
      const said = known.length === 0 ? 'inputs declares none' : `known are ${known.join(', ')}`;
      this.problem(path, `unknown input ${read.slice(1).join('.')}; ${said}`);
    }
  }

  /** Renders a text once a tone, so that a wrong argument shows when the template is read, not in the 600th draft. */
  private rehearse(text: LiquidText, path: Path, tones: readonly Tone[]): void {
    for (const tone of tones) {
      try {
        text.render(rehearsalScope(this.declared, this.phraseNames, tone));
      } catch (error) {
        this.problem(path, error instanceof Error ? error.message : String(error));
        return;
      }
    }
  }

  private problem(path: Path, message: string): void {
    if (this.problems.some((known) => known.message === message && known.path.join('/') === path.join('/')))
      return;
    this.problems.push({ path, message });
  }
}

function rehearsalScope(
  { variables, inputs }: Declared,
  phrases: readonly string[],
  tone: Tone,
): LiquidScope {
  const { interests } = SAMPLE_AGENT;
  const agent: DraftAgent = { ...SAMPLE_AGENT, tone };
  const subjects = { interests, interest: interests[0], otherInterest: interests[1] };
  const values = Object.entries(inputs).map(([name, input]) => [name, sampleInput(input)] as const);
  const context = { thread: SAMPLE_THREAD, inputs: Object.fromEntries(values) };
  const scope = scopeOf(variables, { agent, subjects, context });
  for (const name of phrases) scope[name] = 'a phrase';
  return scope;
}
