/** The beginning of a text from a bot or of what runs it, as the database keeps it. @param most in characters */
export function storable(text: string, most: number): string {
  return text.slice(0, most).replaceAll('\0', '').toWellFormed();
}
