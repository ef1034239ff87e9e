import { fileTypeFromBuffer } from 'file-type'
import type { Line } from './line'
import type { ReceivedMessage } from './port'
import { pause } from './pause'
import type { RawMessage } from './raw-shapes'
import type { FileKind } from './read-message'

/** Right after its message a file may not be there yet (assumed), so a second look is worth it: with both calls' deadlines 30 s in all. */
const looks = 2

/** Fetches what a message brings, pictures by their bytes; null when it cannot be had or is too big (see `hardenClient`). */
export async function fetchFile(line: Line, raw: RawMessage, kind: FileKind): Promise<ReceivedMessage['media']> {
  for (let look = 1; look <= looks && !line.signal.aborted; look++) {
    try {
      const { data } = await ask(line, raw, kind)
      const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0)
      if (bytes.length > 0) return describeFile(bytes, kind)
    } catch (error) {
      line.log.warn({ err: error, kind }, 'a file could not be fetched')
      return null
    }
    await pause(1_000, line.signal)
  }
  return null
}

function ask({ client }: Line, raw: RawMessage, kind: FileKind): Promise<{ data: unknown }> {
  switch (kind) {
    case 'image':
      return client.getMsgImg(raw.MsgId)
    case 'voice':
      return client.getVoice(raw.MsgId)
    case 'video':
      return client.getVideo(raw.MsgId)
    case 'document':
      return client.getDoc(raw.FromUserName, raw.MediaId, raw.FileName)
  }
}

async function describeFile(bytes: Buffer, kind: FileKind): Promise<ReceivedMessage['media']> {
  const contentType = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime ?? 'application/octet-stream'
  return kind === 'image' && !contentType.startsWith('image/') ? null : { contentType, bytes }
}
