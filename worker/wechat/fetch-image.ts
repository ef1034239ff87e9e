import { fileTypeFromBuffer } from 'file-type'
import type { Line } from './line'
import type { ReceivedMessage } from './port'
import { pause } from './pause'

/** Right after its message a picture may not be there yet (assumed), so a second look is worth it. */
const looks = 2

/** Fetches the picture of a message: an image by its bytes, at most 10 MiB; null for anything else or when it cannot be had. */
export async function fetchImage(line: Line, messageId: string): Promise<ReceivedMessage['media']> {
  for (let look = 1; look <= looks && !line.signal.aborted; look++) {
    try {
      const { data } = await line.client.getMsgImg(messageId)
      const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0)
      const contentType = (await fileTypeFromBuffer(bytes))?.mime
      if (contentType?.startsWith('image/')) return { contentType, bytes }
      if (bytes.length > 0) return null
    } catch (error) {
      line.log.warn({ err: error }, 'a picture could not be fetched')
      return null
    }
    await pause(1_000, line.signal)
  }
  return null
}
