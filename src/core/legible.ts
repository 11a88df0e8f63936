/**
 * What makes a terminal do something: control characters except tabs and line breaks, and the marks that turn the direction of
 * a text around.
 */
const COMMANDING =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu;

/** The same, and not what a command itself writes: bold, dim, and the end of both. */
const COMMANDING_UNSTYLED =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /\u001B(?!\[(?:1|2|22)m)|[\u0000-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu;

/** The same, and neither what a command itself colours: red, yellow, cyan, and their end. */
const COMMANDING_UNCOLORED =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /\u001B(?!\[(?:1|2|22|31|33|36|39)m)|[\u0000-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu;

/** A text from elsewhere for people: it cannot move the cursor, set a title, colour or hide what it says. */
export function plainText(text: string): string {
  return text.replaceAll(COMMANDING, '\uFFFD');
}

/** A text that a command has put together, with its own bold and dim words. */
export function legible(text: string): string {
  return text.replaceAll(COMMANDING_UNSTYLED, '\uFFFD');
}

/** A text that a command has put together of plain ones, with its own bold, dim and coloured words. */
export function legibleColored(text: string): string {
  return text.replaceAll(COMMANDING_UNCOLORED, '\uFFFD');
}

/** JSON that says the same, with escapes in the place of what makes a terminal do something. */
export function escapedJson(json: string): string {
  return json.replaceAll(COMMANDING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
