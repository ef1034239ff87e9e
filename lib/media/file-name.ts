/** Maximum length of a stored file name, in code points. */
const maxLength = 150

/** Control and bidirectional characters, which can hide the real extension of a name. U+200D is kept, because it joins emoji. */
const hidden = /[\p{Cc}\u2028\u2029]|(?!\u200d)\p{Cf}|\p{Surrogate}/gu

/** Cleans an untrusted file name: last path segment, visible characters, shortened with its extension kept. */
export function cleanFileName(fileName: string): string {
  const visible = fileName.replace(hidden, '')
  const name = visible.slice(Math.max(visible.lastIndexOf('/'), visible.lastIndexOf('\\')) + 1).trim()
  const characters = Array.from(name.slice(0, 10 * maxLength))
  if (name === '' || /^\.+$/.test(name.slice(0, maxLength))) return '文件'
  if (characters.length <= maxLength && name.length <= 10 * maxLength) return name
  const dotAt = name.lastIndexOf('.')
  const ending = dotAt > 0 && name.length - dotAt <= 12 ? name.slice(dotAt) : ''
  return characters.slice(0, maxLength - ending.length).join('') + ending
}

/**
 * Returns the value of Content-Disposition (RFC 6266): an ASCII name for old clients, and the UTF-8 name in the form of RFC 8187.
 * `fileName` null: the file has no name.
 */
export function contentDisposition(type: 'inline' | 'attachment', fileName: string | null): string {
  if (!fileName) return type
  const ascii = fileName.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%;]/g, '_')
  const utf8 = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${type}; filename="${ascii}"; filename*=UTF-8''${utf8}`
}
