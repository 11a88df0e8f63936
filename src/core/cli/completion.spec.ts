import { Argument, Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { completionsOf } from './completion.js';
import { choices } from './filters.js';

const program = new Command('azt3knet').option('--seed <text>', 'a seed');
program.addOption(new Option('-o, --output <format>', 'how').choices(['table', 'json']));
const sim = program.command('sim').description('simulations');
sim
  .command('run')
  .addOption(new Option('--kind <kind>').choices(['short', 'long', 'lasting']))
  .addOption(choices('--status <list>', 'some', ['new', 'old']))
  .option('--path <file>', 'where')
  .option('--no-wait', 'leave');
sim.command('list');
program.command('secret', { hidden: true });
program.command('completion').addArgument(new Argument('<shell>').choices(['bash', 'zsh']));
program.command('check').argument('<file>').argument('[name]');
program.command('judge').argument('<files...>');
program.command('listen').addArgument(new Argument('[topics...]').choices(['jobs.*', 'runs.*']));

const values = (line: string): string[] =>
  completionsOf(program, line.split(' ')).values.map(([value]) => value);

describe('completion', () => {
  it.each([
    ['', ['sim', 'completion', 'check', 'judge', 'listen', 'help']],
    ['s', ['sim']],
    ['sim ', ['run', 'list', 'help']],
    ['--seed sim s', ['sim']],
    ['sim run --ki', ['--kind']],
    ['sim run --kind ', ['short', 'long', 'lasting']],
    ['sim run --kind l', ['long', 'lasting']],
    ['sim run --kind = l', ['long', 'lasting']],
    ['sim run --kind =', ['short', 'long', 'lasting']],
    ['sim run -o ', ['table', 'json']],
    ['sim run --status ', ['new', 'old']],
    ['sim run --status new,', ['new,new', 'new,old']],
    ['sim run --status new,o', ['new,old']],
    ['sim run --se', ['--seed']],
    ['sim run -', ['--kind', '--status', '--path', '--no-wait', '--help', '--seed', '--output']],
    ['completion ', ['bash', 'zsh']],
    ['completion bash ', []],
    ['listen jobs.* r', ['runs.*']],
    ['nonsense ', []],
  ])('of "%s" is %j', (line, expected) => {
    expect(values(line)).toEqual(expected);
  });

  it.each([
    ['sim run --path ', true],
    ['check ', true],
    ['check a.yaml ', false],
    ['judge a.yaml ', true],
    ['sim run --seed ', false],
  ])('of "%s" offers files: %s', (line, files) => {
    expect(completionsOf(program, line.split(' ')).files).toBe(files);
  });

  it('describes what it offers', () => {
    expect(completionsOf(program, ['si']).values).toEqual([['sim', 'simulations']]);
  });
});
