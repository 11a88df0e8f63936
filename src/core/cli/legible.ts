/**
 * What makes a terminal do something: control characters except tabs, line breaks and the colours that a command sets
 * itself, and the marks that turn the direction of a text around.
 */
const COMMANDING =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /\u001B(?!\[\d{1,2}m)|[\u0000-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/gu;

/** A text for people: what came from elsewhere cannot move the cursor, set a title or hide what it says. */
export function legible(text: string): string {
  return text.replaceAll(COMMANDING, '\uFFFD');
}
