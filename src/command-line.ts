import { Command, CommanderError, Help, Option, type ParseOptionsResult } from 'commander';
import { COMMANDS } from './commands.js';
import {
  Cli,
  EXIT_INTERNAL,
  EXIT_USAGE,
  failureOf,
  flagsOf,
  type GlobalOptions,
  onStopSignals,
  OUTPUT_FORMATS,
  plainText,
  stepsAfter,
  traceCommand,
  widthOfStream,
  wrap,
} from './core/cli/index.js';
import type { Config } from './core/config/index.js';
import { AppError } from './core/errors/index.js';
import { nearestName } from './core/nearest-name.js';
import { VERSION } from './core/version.js';

const EXIT_HELP = `
Exit codes:
  0 done         1 internal error   2 wrong input or usage   3 not found
  4 not allowed  5 conflict         6 refused by the guard, or the job failed
  7 a dependency is missing         130 interrupted          143 terminated`;

/** A shell waits for these at every press of the tabulator. */
const WITHOUT_CONFIGURATION: ReadonlySet<string> = new Set(['complete', 'completion']);

/** The configuration, read once before a command runs, since commands ask for it without waiting. */
class Configuration {
  private opened: { config: Config } | { error: unknown } | undefined;
  private config: Config | undefined;

  /** What is wrong is told to a command that asks for the configuration: some are there to find it. */
  async prepare(): Promise<void> {
    const { openConfig } = await import('./core/config/stores.js');
    this.opened = await openConfig().then(
      (config) => ({ config }),
      (error: unknown) => ({ error }),
    );
  }

  /** A command is quiet unless something is wrong or the environment asks for more. */
  read(): Config {
    if (this.config === undefined) {
      if (this.opened === undefined) throw new Error('the configuration is read before it is prepared');
      if ('error' in this.opened) throw this.opened.error;
      const { config } = this.opened;
      const silent = process.env['AZT3KNET_LOG_LEVEL'] === undefined;
      this.config = silent ? { ...config, logLevel: 'error' } : config;
    }
    return this.config;
  }
}

/** A command that tells of an option that it does not know rather than of one that is missing. */
class ForgivingCommand extends Command {
  override createCommand(name?: string): Command {
    return new ForgivingCommand(name);
  }

  override parseOptions(argv: string[]): ParseOptionsResult {
    const parsed = super.parseOptions(argv);
    const { unknown } = parsed;
    if (unknown.length > 0 && !unknown.some((word) => word === '-h' || word === '--help')) {
      // The parser looks for missing options first; this command ends at the unknown one anyway.
      for (const option of this.options) option.mandatory = false;
    }
    return parsed;
  }
}

/** Help that fits beside the options of the whole program, and says which options are needed. */
function optionDescription(option: Option): string {
  const description = new Help().optionDescription(option);
  return option.mandatory ? `${description} (required)` : description;
}

/** Tells on standard error what went wrong, broken between words on a terminal; what it repeats commands none. */
function tell(text: string): void {
  process.stderr.write(wrap(plainText(text), widthOfStream(process.stderr)));
}

/** What the parser says of an argument, in the words of the help, and by the name that all errors begin with. */
function plainRefusal(text: string): string {
  const named = text.replace(/^error: /u, 'azt3knet: ');
  const near = choiceNear(named);
  return named
    .replace(
      /command-argument value ('.*') is invalid for argument '(.*?)'\./u,
      (_, value: string, name: string) => `${value} is invalid for <${name}>:`,
    )
    .concat(near === undefined ? '' : `(Did you mean ${near}?)\n`);
}

/** Of shorter values it is never plain what was meant. */
const LEAST_LETTERS = 4;

/** Of the choices that a refusal names the one that was probably meant. */
function choiceNear(refusal: string): string | undefined {
  const [, given = '', names = ''] =
    /'([^']*)' is invalid\b.*Allowed choices are (.*?)(?:, separated by commas)?\.\s*$/su.exec(refusal) ?? [];
  const choices = names.split(', ');
  const wrong = given.split(',').find((each) => !choices.includes(each.trim()));
  return wrong !== undefined && wrong.length >= LEAST_LETTERS
    ? nearestName(wrong.trim(), choices)
    : undefined;
}

/** @throws AppError when `--json` contradicts `--output` */
function refuseTwoFormats(program: Command): void {
  const { json, output } = program.opts<GlobalOptions>();
  const given = program.getOptionValueSource('output') === 'cli';
  if (json !== true || !given || output === 'json') return;
  const message = `--json means --output json, and --output ${output} was given too: leave one out`;
  throw new AppError('invalid', 'options_conflict', message, [{ field: 'output', message }]);
}

/** The program with all its commands. */
export function createProgram(): { program: Command; cli: Cli } {
  const configuration = new Configuration();
  const program: Command = new ForgivingCommand('azt3knet')
    .configureHelp({ showGlobalOptions: true, optionDescription, minWidthToWrap: 30 })
    .configureOutput({ outputError: (text) => tell(plainRefusal(text)) })
    .description('A laboratory for networks of synthetic agents. Everything it makes is synthetic.')
    .version(VERSION)
    .option('--seed <text>', 'seed that makes the result reproducible')
    .addOption(
      new Option('-o, --output <format>', 'how the result is printed')
        .choices(OUTPUT_FORMATS)
        .default('table'),
    )
    .option('--json', 'the same as --output json')
    .option('-q, --quiet', 'print nothing but the result and what went wrong')
    .option('--api-url <url>', 'work on this server and not on this machine (AZT3KNET_API_URL)')
    .addHelpText('after', EXIT_HELP)
    .exitOverride()
    .hook('preAction', async (_program, command) => {
      cli.running = command;
      refuseTwoFormats(program);
      if (!WITHOUT_CONFIGURATION.has(command.name())) await configuration.prepare();
    });
  const cli: Cli = new Cli(
    program,
    () => configuration.read(),
    async (mode) => {
      const { openLocalApplication } = await import('./local-application.js');
      return openLocalApplication(mode, configuration.read(), (line) => cli.output.note(line));
    },
  );
  for (const register of COMMANDS) register(program, cli);
  return { program, cli };
}

/** The commands that could have been meant where none is near in its letters. */
function tellCommands(program: Command, { code, message }: CommanderError): void {
  if (code !== 'commander.unknownCommand' || message.includes('Did you mean')) return;
  let group = program;
  for (const word of process.argv.slice(2)) {
    const next = group.commands.find((command) => command.name() === word);
    if (next === undefined) continue;
    group = next;
  }
  const names = group.commands.map((command) => command.name()).join(', ');
  tell(group === program ? '(azt3knet --help lists the commands)\n' : `(${group.name()} has: ${names})\n`);
}

async function exitCode(error: unknown, cli: Cli, program: Command): Promise<number> {
  if (error instanceof CommanderError) {
    tellCommands(program, error);
    return error.exitCode === 0 ? 0 : EXIT_USAGE;
  }
  const { code, line } = await failureOf(error, cli.reached, flagsOf(cli.running));
  tell(`azt3knet: ${line}\n`);
  const [first, ...steps] = stepsAfter(error, (words) => cli.hint(words), process.argv.slice(2));
  // Not folded: they are to be copied.
  if (first !== undefined)
    process.stderr.write(`${[first, ...steps.map((step) => `  ${plainText(step)}`)].join('\n')}\n`);
  return code;
}

/**
 * The program looks for its own options wherever they stand, and would find `-q` in a descending order: `--sort -quality`.
 * @returns the arguments with an order and its option in one word
 */
function argumentsOf(argv: readonly string[]): string[] {
  const words: string[] = [];
  for (const word of argv) {
    if (words.at(-1) === '--sort') words.push(`${words.pop()}=${word}`);
    else words.push(word);
  }
  return words;
}

/** Runs the command that the arguments of this process name, and sets its exit code. */
export async function runCommandLine(): Promise<void> {
  const { program, cli } = createProgram();
  onStopSignals(
    (signal) => void cli.interrupt(signal),
    () => process.exit(EXIT_INTERNAL),
  );
  // A reader that has seen enough (`| head`) is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`azt3knet: cannot write the result: ${error.message}\n`);
    process.exit(EXIT_INTERNAL);
  });
  let endTrace: ((error?: unknown) => Promise<void>) | undefined;
  program.hook('preAction', async (_program, command) => {
    if (!WITHOUT_CONFIGURATION.has(command.name())) endTrace = await traceCommand(cli, command);
  });
  let code = 0;
  let failed: unknown;
  try {
    await program.parseAsync(argumentsOf(process.argv));
  } catch (error) {
    failed = error;
    if (!cli.interrupted) code = await exitCode(error, cli, program);
  }
  await cli.close();
  await endTrace?.(failed);
  process.exitCode = code;
}
