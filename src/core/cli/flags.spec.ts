import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@azt3knet/client';
import { failureOf } from './exit-codes.js';
import { flagsOf } from './flags.js';

const command = new Command('issue')
  .argument('<username>')
  .option('--scope <list>', 'a')
  .option('--user <user>', 'b')
  .option('--expires-in-days <n>', 'c');

describe('what a command says of a field that was wrong', () => {
  it.each([
    ['scopes', 'scopes must be yours', '--scope must be yours'],
    ['scopes.0', 'scopes.0: must be one of a, b', '--scope: must be one of a, b'],
    ['user_id', 'user_id must be a UUID', '--user must be a UUID'],
    ['expires_in_days', 'expires_in_days: must be at least 1', '--expires-in-days: must be at least 1'],
    ['username', 'username is reserved', '<username> is reserved'],
    ['current_password', 'current_password is wrong', 'your password is wrong'],
    ['body', 'body: must be an object', 'body: must be an object'],
  ])('names its option and not %s', async (field, detail, line) => {
    const message = detail.slice(field.length).replace(/^:? /, '');
    const error = new ApiError(422, 'input_invalid', detail, [{ field, message }]);
    expect(await failureOf(error, undefined, flagsOf(command))).toEqual({ code: 2, line });
  });
});
