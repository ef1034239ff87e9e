import { fileTypeFromBuffer } from 'file-type'
import { cleanFileName } from '@/lib/media/file-name'
import type { ReceivedMessage } from '@/worker/wechat/port'
import type { CustomerMessage } from '@/worker/wecom/protocol/read-item'
import type { KfSession } from '@/worker/wecom/session/kf-session'

const fileMs = 14_000

/** Fetches what a message brings; null when it cannot be had, is too big or is not what it claims to be. */
export async function fetchMedia(
  { client, log, signal }: KfSession,
  file: NonNullable<CustomerMessage['file']>,
  withinMs: number,
): Promise<ReceivedMessage['media']> {
  try {
    const bytes = await client.download(file.mediaId, Math.ceil(Math.min(fileMs, withinMs)))
    if (bytes.length === 0) return null
    const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
    const contentType = found?.mime ?? (isSilk(bytes) ? 'audio/silk' : 'application/octet-stream')
    if (file.isImage && !contentType.startsWith('image/')) return null
    // WeCom names no file; the extension shows how to open it.
    return { contentType, fileName: file.isDocument ? cleanFileName(`file.${found?.ext ?? 'bin'}`) : null, bytes }
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'a file could not be fetched')
    return null
  }
}

function isSilk(bytes: Buffer): boolean {
  return bytes.subarray(0, 12).toString('latin1').includes('#!SILK')
}
