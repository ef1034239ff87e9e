import { fileTypeFromBuffer } from 'file-type'
import { cleanFileName } from '@/lib/media/file-name'
import { decryptFile, readKey } from '@/worker/ilink/protocol/crypto'
import type { FileReference } from '@/worker/ilink/protocol/read-message'
import type { IlinkSession } from '@/worker/ilink/session/ilink-session'
import { sleep } from '@/lib/retry'
import type { ReceivedMessage } from '@/worker/wechat/port'

const fileMs = 14_000
/** Maximum attempts per file. Assumed: directly after its message a file may not be available yet. */
const maxAttempts = 2

/** Downloads and decrypts the file of a message; null: it is unavailable, too large, or not of its stated type. */
export async function fetchMedia(
  { client, log, signal }: IlinkSession,
  file: FileReference,
  withinMs: number,
): Promise<ReceivedMessage['media']> {
  const key = readKey({ hex: file.keyHex, base64: file.keyBase64 })
  const isPlain = file.kind === 'image' && file.keyHex === '' && file.keyBase64 === ''
  if (!key && !isPlain) return null
  const endMs = performance.now() + withinMs
  for (let attempt = 1; attempt <= maxAttempts && !signal.aborted; attempt++) {
    const timeoutMs = Math.min(fileMs, endMs - performance.now())
    if (timeoutMs <= 0) return null
    try {
      const source = file.fullUrl ? { fullUrl: file.fullUrl } : { param: file.param }
      const received = await client.download(source, Math.ceil(timeoutMs))
      const bytes = key ? decryptFile(received, key) : received
      return bytes && bytes.length > 0 ? await describe(bytes, file) : null
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error, kind: file.kind }, 'downloading a file failed')
      if (attempt < maxAttempts) await sleep(1_000, signal)
    }
  }
  return null
}

async function describe(bytes: Buffer, { kind, fileName }: FileReference): Promise<ReceivedMessage['media']> {
  const known = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime
  const contentType = known ?? (isSilk(bytes) ? 'audio/silk' : 'application/octet-stream')
  if (kind === 'image' && !contentType.startsWith('image/')) return null
  return { contentType, fileName: kind === 'document' ? cleanFileName(fileName) : null, bytes }
}

/** Returns whether it is a voice message of WeChat: SILK with one byte before its signature. */
function isSilk(bytes: Buffer): boolean {
  return bytes.subarray(0, 12).toString('latin1').includes('#!SILK')
}
