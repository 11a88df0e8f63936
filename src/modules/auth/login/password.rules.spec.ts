import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../../core/project.js';
import { CONTEXT_WORDS, PASSWORD_MAX, PASSWORD_MIN, requireStrongPassword } from './password.rules.js';

const check = (password: string) => requireStrongPassword('password', password, 'grace.hopper');

describe('a password', () => {
  it.each([
    ['of small letters', 'violet harbour seven'],
    ['of digits', '83920174650291'],
    ['of marks', '!?#§%&/()=+*~<>'],
    ['of other letters', 'ñandú 鶴は千年 über'],
    ['of spaces, too', '  seven  lanterns  '],
    ['that is long', 'seven lanterns at dusk '.repeat(8)],
    ['with words of this place beside others', 'the operator of violet harbours'],
  ])('may be %s', async (_, password) => {
    await expect(check(password)).resolves.toBeUndefined();
  });

  it('has its length counted in characters, whatever they are', async () => {
    expect([PASSWORD_MIN, PASSWORD_MAX]).toEqual([12, 200]);
    await expect(check('vïølet härb')).rejects.toThrow(/12 to 200 characters/);
    await expect(check('🎨🚲🌵🎻🧭🪁🎲🧩🛶🪕🎈')).rejects.toThrow(/12 to 200 characters/);
    await expect(check('🎨🚲🌵🎻🧭🪁🎲🧩🛶🪕🎈🪴')).resolves.toBeUndefined();
    await expect(check(`violet harbour ${'x'.repeat(200)}`)).rejects.toThrow(/12 to 200 characters/);
  });

  it.each([
    ['Operator-2026!', /letters or more beside the username and words/],
    ['admin.admin.login', /letters or more beside the username and words/],
    ['SyntheticAgent7', /letters or more beside the username and words/],
    ['Simulation#Lab#1', /letters or more beside the username and words/],
    ['Azt3kNet is mine', /name of the product/],
    ['Grace.Hopper.1', /username/],
    ['qwertyuiop123', /guessed first/],
    ['iloveyouiloveyou', /guessed first/],
    ['trustno1trustno1', /guessed first/],
    ['Finalfantasy', /guessed first/],
    ['1qaz2wsx3edc4rfv', /guessed first/],
    ['Contraseña-2026', /guessed first/],
    ['contraseñacontraseña', /guessed first/],
    ['TeQuieroMucho!', /guessed first/],
    ['correcthorsebatterystaple', /guessed first/],
  ])('is not %s', async (password, why) => {
    await expect(check(password)).rejects.toThrow(why);
  });

  it('may be none of the words that the documentation lists', () => {
    const text = readFileSync(join(PROJECT_ROOT, 'docs/security/authentication.md'), 'utf8');
    const listed = /<!-- context words -->\n([^]*?)\n<!-- end -->/.exec(text)?.[1]?.match(/`[^`]+`/g) ?? [];
    expect(listed.map((word) => word.slice(1, -1)).toSorted()).toEqual([...CONTEXT_WORDS].toSorted());
  });
});
