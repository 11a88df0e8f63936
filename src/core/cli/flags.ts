import type { Command } from 'commander';
import type { FlagOf } from './exit-codes.js';

/** What the API may add to the name of an option: several of `--scope`, the id of `--user`, the range of `--age`. */
const ENDINGS = ['', 's', '_id', '_range'];

/** What is asked for and never an option. */
const ASKED: Readonly<Record<string, string>> = {
  current_password: 'your password',
  new_password: 'the new password',
};

/** Finds the option, or the argument, of a command by which a field of the API was given. */
export function flagsOf(command: Command | undefined): FlagOf {
  const known = new Map<string, string>();
  const documents = new Set<string>();
  const add = (name: string, shown: string): void => {
    for (const ending of ENDINGS) if (!known.has(`${name}${ending}`)) known.set(`${name}${ending}`, shown);
  };
  for (const { name, long } of (command?.options ?? []).map((option) => ({
    name: option.name(),
    long: option.long,
  })))
    if (typeof long === 'string') {
      const field = name.replaceAll('-', '_');
      add(field, long);
      // `--start-at` gives the start of a schedule.
      if (field.endsWith('_at')) add(field.slice(0, -3), long);
    }
  for (const argument of command?.registeredArguments ?? [])
    add(argument.name().replaceAll('-', '_'), `<${argument.name()}>`);
  for (const argument of command?.registeredArguments ?? []) documents.add(`<${argument.name()}>`);
  return (field) => {
    // Of a field within another (`change.percent`) the option is that of the outermost one that the command has.
    const names = field.split(/[.[\]]+/u).filter((name) => name !== '');
    for (const [index, name] of names.entries()) {
      const shown = known.get(name) ?? ASKED[name];
      if (shown === undefined) continue;
      // An argument may be a whole document: its field is told beside it.
      const within = names.slice(index + 1).join('.');
      return documents.has(shown) && /\p{L}/u.test(within) ? `${shown} ${within}` : shown;
    }
    return undefined;
  };
}
