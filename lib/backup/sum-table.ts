import { createHash } from 'node:crypto'
import type { TableSum } from '@/lib/backup/archive-format'

const newline = '\n'.charCodeAt(0)

/** Counts and hashes the `COPY` text of a table while it passes. A row ends with the only newlines of that text. */
export function sumTable(name: string) {
  const hash = createHash('sha256')
  let rowCount = 0
  let sizeBytes = 0
  return {
    add(bytes: Uint8Array) {
      hash.update(bytes)
      sizeBytes += bytes.length
      for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) rowCount++
    },
    finish: (): TableSum => ({ name, rowCount, sizeBytes, sha256: hash.digest('hex') }),
  }
}
