import { fileTypeFromBuffer } from 'file-type'

import { randomHex } from '@/simulator/world/random'
import type { World } from '@/simulator/world/world'

/** Stores bytes and returns their media id. The content type is detected from the bytes; `contentType` applies if that fails. */
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
