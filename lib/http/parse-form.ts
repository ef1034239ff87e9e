import { decodeUtf8 } from '@/lib/decode-utf8'
import { AppError } from '@/lib/errors'

const maxNameLength = 64

/**
 * Parses `a=1&b=2` (a query or a form body) into names and values, in order.
 * @throws INVALID_PARAMETER for the first parameter that is not UTF-8: text in GBK would otherwise be garbled.
 */
export function parseForm(form: Buffer): [string, string][] {
  // latin1: one character per byte, so that percent-encoded and plain bytes are decoded together.
  const pairs = form.toString('latin1').split('&').filter(Boolean)
  return pairs.map((pair) => {
    const split = pair.indexOf('=')
    const nameBytes = percentDecode(split < 0 ? pair : pair.slice(0, split))
    const name = decodeUtf8(nameBytes)
    const value = decodeUtf8(percentDecode(split < 0 ? '' : pair.slice(split + 1)))
    if (name === null || value === null) throw notUtf8(name ?? nameBytes.toString('utf8'))
    return [name, value]
  })
}

export function notUtf8(name: string): AppError {
  const shown = [...name].slice(0, maxNameLength).join('')
  return new AppError('INVALID_PARAMETER', { reason: 'parameter_not_utf8', params: { name: shown }, parameter: shown })
}

/** A `%` without two hex digits is literal, as in the URL standard. */
function percentDecode(text: string): Buffer {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}
