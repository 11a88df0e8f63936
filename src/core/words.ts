/**
 * A count and what is counted: `1 user`, `2 users`.
 * @param many where an s at the end is not all that differs: `2 policies`
 */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
