import { Option, type Command } from 'commander';
import { WRITERS, WRITING_MODES } from '../llm/writers.js';

/** Adds the options that say who writes. @param what what there is to be written */
export function writerOptions(command: Command, what: string): Command {
  return command
    .addOption(
      new Option(
        '--writer <writer>',
        `who writes ${what} (default: rules); llm asks a language model`,
      ).choices(WRITERS),
    )
    .option('--cassette <name>', 'with --writer llm: where its answers are kept (default: one of its own)')
    .addOption(
      new Option('--cassette-mode <mode>', 'auto, record or replay (default: auto)').choices(WRITING_MODES),
    );
}
