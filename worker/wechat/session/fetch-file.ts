import { fileTypeFromBuffer } from 'file-type'
import { cleanFileName } from '@/lib/media/file-name'
import { sleep } from '@/lib/retry'
import { downloadFile } from '@/worker/wechat/client/file-calls'
import { decodeName } from '@/worker/wechat/protocol/decode-text'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'
import type { ReceivedMessage } from '@/worker/wechat/port'
import type { RawMessage } from '@/worker/wechat/protocol/raw-shapes'
import type { FileKind } from '@/worker/wechat/protocol/message-kinds'

/** Right after its message a file may not be available yet (assumed). Two attempts take up to 30 s. */
const maxAttempts = 2

/** Fetches the file of a message. null: not available, larger than 20 MiB, or not an image by its bytes. */
export async function fetchFile(
  session: WechatSession,
  raw: RawMessage,
  kind: FileKind,
): Promise<ReceivedMessage['media']> {
  for (let attempt = 1; attempt <= maxAttempts && !session.signal.aborted; attempt++) {
    try {
      const bytes = await downloadFile(session.client, kind, raw)
      if (bytes.length > 0) return await describeFile(bytes, kind, raw)
    } catch (error) {
      session.log.warn({ err: error, kind }, 'a file could not be fetched')
      return null
    }
    await sleep(1_000, session.signal)
  }
  return null
}

async function describeFile(bytes: Buffer, kind: FileKind, raw: RawMessage): Promise<ReceivedMessage['media']> {
  const contentType = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime ?? 'application/octet-stream'
  const fileName = kind === 'document' ? cleanFileName(decodeName(raw.FileName)) : null
  return kind === 'image' && !contentType.startsWith('image/') ? null : { contentType, fileName, bytes }
}
