import { Argument, Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { completionsOf } from './completion.js';

const program = new Command('azt3knet').option('--seed <text>', 'a seed');
program.addOption(new Option('-o, --output <format>', 'how').choices(['table', 'json']));
const sim = program.command('sim').description('simulations');
sim
  .command('run')
  .addOption(new Option('--kind <kind>').choices(['short', 'long', 'lasting']))
  .option('--path <file>', 'where')
  .option('--no-wait', 'leave');
sim.command('list');
program.command('secret', { hidden: true });
program.command('completion').addArgument(new Argument('<shell>').choices(['bash', 'zsh']));
program.command('check').argument('<file>').argument('[name]');

const values = (line: string): string[] =>
  completionsOf(program, line.split(' ')).values.map(([value]) => value);

describe('completion', () => {
  it.each([
    ['', ['sim', 'completion', 'check', 'help']],
    ['s', ['sim']],
    ['sim ', ['run', 'list', 'help']],
    ['--seed sim s', ['sim']],
    ['sim run --ki', ['--kind']],
    ['sim run --kind ', ['short', 'long', 'lasting']],
    ['sim run --kind l', ['long', 'lasting']],
    ['sim run --kind = l', ['long', 'lasting']],
    ['sim run --kind =', ['short', 'long', 'lasting']],
    ['sim run -o ', ['table', 'json']],
    ['sim run --s', ['--seed']],
    ['sim run -', ['--kind', '--path', '--no-wait', '--help', '--seed', '--output']],
    ['completion ', ['bash', 'zsh']],
    ['completion bash ', []],
    ['nonsense ', []],
  ])('of "%s" is %j', (line, expected) => {
    expect(values(line)).toEqual(expected);
  });

  it.each([
    ['sim run --path ', true],
    ['check ', true],
    ['check a.yaml ', false],
    ['sim run --seed ', false],
  ])('of "%s" offers files: %s', (line, files) => {
    expect(completionsOf(program, line.split(' ')).files).toBe(files);
  });

  it('describes what it offers', () => {
    expect(completionsOf(program, ['si']).values).toEqual([['sim', 'simulations']]);
  });
});
