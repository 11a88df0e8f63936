import { Argument, type Command } from 'commander';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

export function registerCompletionCommands(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands, options and their values in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', '\nExample:\n  source <(azt3knet completion bash)')
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { COMPLETION_SCRIPTS } = await import('./completion-scripts.js');
      process.stdout.write(COMPLETION_SCRIPTS[shell]);
    });
  program
    .command('complete', { hidden: true })
    .argument('[words...]', 'what stands on the command line, to the word that is being typed')
    .allowUnknownOption()
    .action((words: string[]) => complete(program, words));
}

async function complete(program: Command, words: readonly string[]): Promise<void> {
  const { completionsOf } = await import('./completion.js');
  const { FILES } = await import('./completion-scripts.js');
  const { values, files } = completionsOf(program, words);
  const lines = values.map(([value, description]) => `${value}\t${description}`);
  process.stdout.write([...lines, ...(files ? [FILES] : [])].map((line) => `${line}\n`).join(''));
}
