import { decodeUtf8 } from '@/lib/decode-utf8'

const maxLength = 200

/**
 * Decodes a 群号代码: base64 or base64url, padding is optional, and a space is read as `+`, because form decoding replaces `+` with a space. null: the
 * result is not printable text of 1 to 200 characters. Spec: B4 (POST /wxbot/qun).
 */
export function decodeGroupCode(encoded: string): string | null {
  const base64 = encoded
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

/** Returns all forms in which an owner may write a group code: decoded, and in base64 and base64url without padding. */
export function groupCodeForms(groupCode: string): string[] {
  const bytes = Buffer.from(groupCode)
  return [groupCode, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
}
