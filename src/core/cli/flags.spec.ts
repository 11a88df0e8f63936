import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { ApiError } from '@azt3knet/client';
import { AppError } from '../errors/index.js';
import { failureOf } from './exit-codes.js';
import { flagsOf } from './flags.js';

const command = new Command('issue')
  .argument('<username>')
  .option('--scope <list>', 'a')
  .option('--user <user>', 'b')
  .option('--expires-in-days <n>', 'c')
  .option('--start-at <cron>', 'd');

const refused = (code: string, field: string, message: string): AppError =>
  new AppError('invalid', code, `${field} ${message}`, [{ field, message }]);

describe('what a command says of a field that was wrong', () => {
  it.each([
    ['scopes', 'scopes must be yours', '--scope must be yours'],
    ['scopes.0', 'scopes.0: must be one of a, b', '--scope: must be one of a, b'],
    ['user_id', 'user_id must be a UUID', '--user must be a UUID'],
    ['expires_in_days', 'expires_in_days: must be at least 1', '--expires-in-days: must be at least 1'],
    ['username.first', 'username.first: is missing', '<username> first: is missing'],
    ['username.0', 'username.0: is missing', '<username>: is missing'],
    ['username', 'username is reserved', '<username> is reserved'],
    ['current_password', 'current_password is wrong', 'your password is wrong'],
    ['body', 'body: must be an object', 'body: must be an object'],
    ['schedule.start', 'schedule.start: must be cron', '--start-at: must be cron'],
    ['change.user', 'change.user: is missing', '--user: is missing'],
    ['scope', 'scope: must come before expires_in_days', '--scope: must come before --expires-in-days'],
  ])('names its option and not %s', async (field, detail, line) => {
    const message = detail.slice(field.length).replace(/^:? /, '');
    const error = new ApiError(422, 'input_invalid', detail, [{ field, message }]);
    expect(await failureOf(error, undefined, flagsOf(command))).toEqual({ code: 2, line });
  });
});

it('has a line for each mistake that a server tells', async () => {
  const errors = [
    { field: 'changes.feed.x', message: 'is not known here' },
    { field: 'changes.ticks', message: 'is a number' },
  ];
  const detail = 'changes.feed.x: is not known here\nchanges.ticks:\t is a number';
  expect(await failureOf(new ApiError(422, 'scenario_invalid', detail, errors))).toEqual({
    code: 2,
    line: 'changes.feed.x: is not known here\nchanges.ticks: is a number',
  });
  expect((await failureOf(new ApiError(422, 'scenario_invalid', detail))).line).not.toContain('\n');
});

const said = async (code: string, detail: string): Promise<string> =>
  (await failureOf(new ApiError(409, code, detail))).line;

describe('what the API asks of programs', () => {
  it('is told as commands and options', async () => {
    expect(await said('totp_not_begun', 'begin with POST /api/v1/users/me/totp')).toBe(
      'begin with `azt3knet totp enrol`',
    );
    expect(await said('own_account', 'for your own: POST /api/v1/users/me/totp/remove')).toBe(
      'for your own: `azt3knet totp remove`',
    );
    expect(await said('policy_exists', 'it is there; a new version replaces it (PUT, with If-Match)')).toBe(
      'it is there; a new version replaces it (--replace)',
    );
  });

  it('is an option too where the command itself found the mistake', async () => {
    const change = new Command('password').option('--password-stdin', 'd');
    const error = refused('password_missing', 'password_stdin', 'takes two lines');
    expect(await failureOf(error, undefined, flagsOf(change))).toEqual({
      code: 2,
      line: '--password-stdin takes two lines',
    });
  });

  it('is left alone where it is an option already', async () => {
    const backtest = new Command('backtest').option('--rule <rule>', 'e');
    const issue = { field: 'rule', message: 'there is no rule x' };
    const error = new AppError('not_found', 'rule_not_found', '--rule: there is no rule x', [issue]);
    expect((await failureOf(error, undefined, flagsOf(backtest))).line).toBe('--rule: there is no rule x');
  });

  it('ends a wrong proof of who somebody is with one code', async () => {
    for (const error of [
      new ApiError(422, 'password_wrong', 'current_password is wrong'),
      new ApiError(401, 'totp_wrong', 'totp_code is wrong'),
      refused('password_wrong', 'current_password', 'is wrong'),
    ])
      expect((await failureOf(error)).code).toBe(4);
  });
});
