/** Returns a `like` pattern that matches values containing `text`; `%`, `_` and `\` match literally. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}
