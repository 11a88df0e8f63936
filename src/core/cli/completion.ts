import type { Command, Option } from 'commander';

/** What may stand in the place of the word that is being typed. */
export interface Completions {
  /** Values with a description, which may be empty. */
  values: readonly (readonly [value: string, description: string])[];
  /** Whether the shell should offer files. */
  files: boolean;
}

/**
 * Completes a command line from the tree of commands.
 * @param words what stands after the program's name; the last one is being typed and may be empty
 */
export function completionsOf(program: Command, words: readonly string[]): Completions {
  // Shells that break words at `=` give the sign as a word of its own, the value after it may be missing.
  const typed = words.at(-1) === '=' ? [...words, ''] : words;
  const state = walk(
    program,
    typed.slice(0, -1).filter((word) => word !== '='),
  );
  const current = typed.at(-1) ?? '';
  if (state.option !== undefined) return matching(valuesOf(state.option, current), current);
  if (current.startsWith('-')) return matching(optionsOf(state.path), current);
  return matching(wordsOf(state), current);
}

const FILE_NAMES: ReadonlySet<string> = new Set(['file', 'files', 'folder', 'path']);

interface State {
  /** The command so far, and those above it. */
  path: readonly Command[];
  /** How many of its arguments stand there already. */
  given: number;
  /** The option that still wants its value. */
  option: Option | undefined;
}

function walk(program: Command, words: readonly string[]): State {
  let path: Command[] = [program];
  let given = 0;
  let option: Option | undefined;
  for (const word of words) {
    if (option !== undefined) option = undefined;
    else if (word.startsWith('-')) option = word.includes('=') ? undefined : wanting(path, word);
    else {
      const next = visible(path.at(-1) as Command).find((command) => command.name() === word);
      if (next === undefined) given += 1;
      else path = [...path, next];
    }
  }
  return { path, given, option };
}

function wanting(path: readonly Command[], flag: string): Option | undefined {
  const option = path
    .flatMap((command) => command.options)
    .find((each) => [each.short, each.long].includes(flag));
  return option !== undefined && (option.required || option.optional) ? option : undefined;
}

function visible(command: Command): readonly Command[] {
  return command.createHelp().visibleCommands(command);
}

function valuesOf({ argChoices, flags }: Option, current: string): Completions {
  if (argChoices !== undefined) {
    // Of a list, the last item is being typed.
    const before = flags.endsWith('<list>') ? current.slice(0, current.lastIndexOf(',') + 1) : '';
    return { values: argChoices.map((choice) => [`${before}${choice}`, '']), files: false };
  }
  return { values: [], files: /<(?:file|folder|path)>/.test(flags) };
}

function optionsOf(path: readonly Command[]): Completions {
  const options = path.toReversed().flatMap((command) => command.createHelp().visibleOptions(command));
  const values = new Map(options.map(({ long, short, description }) => [long ?? short ?? '', description]));
  return { values: [...values], files: false };
}

function wordsOf({ path, given }: State): Completions {
  const command = path.at(-1) as Command;
  const commands =
    given > 0 ? [] : visible(command).map((each) => [each.name(), each.description()] as const);
  const last = command.registeredArguments.at(-1);
  const argument = command.registeredArguments[given] ?? (last?.variadic === true ? last : undefined);
  const choices = (argument?.argChoices ?? []).map((choice) => [choice, ''] as const);
  const files = argument !== undefined && FILE_NAMES.has(argument.name());
  return { values: [...commands, ...choices], files };
}

function matching({ values, files }: Completions, current: string): Completions {
  return { values: values.filter(([value]) => value.startsWith(current)), files };
}
