/**
 * Normalizes a raw path as a lenient router would: ASCII escapes decoded once, backslashes as slashes, single slashes, no dot
 * segments, no trailing slash. Never throws, also for paths that cannot be decoded.
 */
export function canonicalPath(path: string): string {
  const decoded = path.replace(/%([0-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  const segments: string[] = []
  for (const segment of decoded.split(/[/\\]+/)) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  return `/${segments.join('/')}`
}
