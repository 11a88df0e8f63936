import { Option, type Command } from 'commander';

/** What `--active` and `--inactive` give. */
interface ActiveOptions {
  active?: boolean;
  inactive?: boolean;
}

/** Gives a command `--active` and `--inactive`. */
export function activeOptions(command: Command, active: string, inactive: string): Command {
  return command.option('--active', active).addOption(new Option('--inactive', inactive).conflicts('active'));
}

/** The options with the API's `active`: true, false, or undefined where nothing was said. */
export function withActive<T extends ActiveOptions>({
  active,
  inactive,
  ...rest
}: T): Omit<T, 'active' | 'inactive'> & { active: boolean | undefined } {
  return { ...rest, active: inactive === true ? false : active };
}
