/** Makes a stranger's text fit for jsonb and for a URL: no NUL, a lone surrogate becomes U+FFFD. */
export function storableText(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString()
}
