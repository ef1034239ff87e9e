/** A pattern for `like` that finds what contains this text, whatever of `%`, `_` and `\` is in it. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}
