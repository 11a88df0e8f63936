import { askSecret, readStandardInput } from '../../../core/cli/index.js';
import { AccountError } from '../auth.errors.js';

/** A password that exists: asked for, or all of standard input. */
export async function existingPassword(question: string, fromStdin: boolean): Promise<string> {
  return fromStdin ? readStandardInput() : askSecret(question);
}

/** A new password: asked for twice, or all of standard input. @throws AccountError `passwords_differ` */
export async function newPassword(question: string, fromStdin: boolean): Promise<string> {
  if (fromStdin) return readStandardInput();
  const password = await askSecret(`${question}: `);
  if ((await askSecret(`${question}, again: `)) !== password)
    throw AccountError.field('passwords_differ', 'password', 'was not the same both times');
  return password;
}

/**
 * The password of now and the next one: asked for, or the two lines of standard input.
 * @throws AccountError `password_missing`, `passwords_differ`
 */
export async function passwordChange(
  username: string,
  fromStdin: boolean,
): Promise<{ current_password: string; new_password: string }> {
  if (!fromStdin) {
    const current = await askSecret(`password of ${username}: `);
    return { current_password: current, new_password: await newPassword('new password', false) };
  }
  const [current, next, ...more] = (await readStandardInput()).split(/\r?\n/);
  if (current === undefined || next === undefined || more.length > 0)
    throw AccountError.field(
      'password_missing',
      'password_stdin',
      'takes two lines: the password of now, and the new one',
    );
  return { current_password: current, new_password: next };
}
