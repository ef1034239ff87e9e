/** Returns a text that jsonb and a URL can hold: without NUL, and with U+FFFD for a lone surrogate. */
export function stripUnstorable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString()
}
