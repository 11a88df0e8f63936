import { AppError } from '../../core/errors/index.js';

/** `field=value`; what is JSON is read as such, anything else is a text. */
export function setting(text: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const at = text.indexOf('=');
  if (at < 1) {
    const message = 'expected field=value, such as --set interval_seconds=5';
    throw new AppError('invalid', 'option_invalid', `--set ${text}: ${message}`, [{ field: 'set', message }]);
  }
  const value = text.slice(at + 1);
  let read: unknown = value;
  try {
    read = JSON.parse(value);
  } catch {
    // A text without quotes.
  }
  return { ...before, [text.slice(0, at)]: read };
}
