import { fileTypeFromBuffer } from 'file-type'

import { randomHex } from './random'
import type { World } from './world'

/** Stores bytes and answers their media id. The content type is read from the bytes; `contentType` counts where they do not tell. */
export async function storeMedia(
  world: World,
  { bytes, contentType }: { bytes: Buffer; contentType?: string },
): Promise<string> {
  const found = await fileTypeFromBuffer(bytes)
  const mediaId = randomHex(16)
  world.media.put(mediaId, bytes)
  world.data.media[mediaId] = {
    contentType: found?.mime ?? contentType ?? 'application/octet-stream',
    sizeBytes: bytes.length,
  }
  return mediaId
}
