const maxLength = 200

/**
 * Decodes a 群号代码: base64 or base64url, padding optional, a blank standing for `+` as forms make it.
 * null when it does not decode to printable text of at most 200 characters. Spec: B4.
 */
export function decodeCode(given: string): string | null {
  const base64 = given
    .trim()
    .replaceAll(' ', '+')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/={1,2}$/, '')
  if (!/^[A-Za-z0-9+/]{2,800}$/.test(base64) || base64.length % 4 === 1) return null
  const text = decodeUtf8(Buffer.from(base64, 'base64'))
  const isPrintable = text !== null && text.trim() !== '' && !/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(text)
  return isPrintable && [...text].length <= maxLength ? text : null
}

/** Every way in which an owner may write a code: as decoded, and in base64 without its padding. */
export function formsOfCode(code: string): string[] {
  const bytes = Buffer.from(code)
  return [code, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
