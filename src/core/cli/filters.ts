import { InvalidArgumentError, Option, type Command } from 'commander';
import { commaList } from './options.js';

/** An option that takes one of these values, which a shell completes. */
export function choice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values);
}

/** An option that takes some of these values, with commas between; its flags end in `<list>`, which completion knows. */
export function choices(flags: string, description: string, values: readonly string[]): Option {
  const accepted = `Allowed choices are ${values.join(', ')}, separated by commas.`;
  return choice(flags, description, values).argParser((text) => {
    const items = commaList(text);
    if (items.some((item) => !values.includes(item))) throw new InvalidArgumentError(accepted);
    return items;
  });
}

/** Gives a list the options `--<what>-after` and `--<what>-before`. @param what what is timed: `created` */
export function timeOptions(command: Command, what: string): Command {
  return command
    .option(`--${what}-after <time>`, `${what} from this moment on, e.g. 2026-01-15T00:00:00Z`)
    .option(`--${what}-before <time>`, `${what} before this moment`);
}
