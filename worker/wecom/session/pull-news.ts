import type { z } from 'zod'
import type { WechatEvent } from '@/worker/wechat/port'
import { describeSendFailure, isDead, isRateLimited, isRefused } from '@/worker/wecom/client/wecom-error'
import { type CustomerMessage, readItem, type StreamEntry } from '@/worker/wecom/protocol/read-item'
import { syncResponse } from '@/worker/wecom/protocol/shapes'
import { fetchMedia } from '@/worker/wecom/session/fetch-media'
import type { KfSession } from '@/worker/wecom/session/kf-session'
import { lookUpNames } from '@/worker/wecom/session/look-up-names'
import { type KfPosition, writePosition } from '@/worker/wecom/session/position'

const callMs = 15_000
const maxPerPage = 200
/** AMR. */
const voiceFormat = 0
/** All files of one page together; what is not here by then is reported by its words alone. */
const filesWithinMs = 60_000
const maxPages = 10_000

/**
 * Pulls everything since the stored position, page by page; each page is stored with the position after it before the next is asked for.
 * @param syncToken of a callback; null: none, then WeCom limits the rate. @throws WecomError
 */
export async function pullNews(session: KfSession, syncToken: string | null): Promise<void> {
  for (let page = 0; page < maxPages && !session.signal.aborted; page++) {
    const { position } = session
    if (!position) return
    const news = await pullPage(session, position, syncToken)
    const cursor = news.next_cursor || position.cursor
    const entries = news.msg_list.flatMap((raw) => read(session, raw) ?? [])
    if (entries.length > 0 || cursor !== position.cursor) {
      session.position = { ...position, cursor }
      const batch = await toEvents(session, entries)
      if (!(await session.events.push(batch, writePosition(session.position)))) return
    }
    if (news.has_more !== 1 || cursor === position.cursor) return
  }
}

async function pullPage(
  { client, log }: KfSession,
  { openKfId, cursor }: KfPosition,
  syncToken: string | null,
): Promise<z.output<typeof syncResponse>> {
  const body = { cursor, limit: maxPerPage, voice_format: voiceFormat, open_kfid: openKfId }
  const pull = async (token: string | null) =>
    syncResponse.parse(await client.post('kf/sync_msg', token ? { ...body, token } : body, callMs))
  try {
    return await pull(syncToken)
  } catch (error) {
    // Assumed: an outdated token is refused, not ignored.
    const isTokenSuspect = syncToken !== null && isRefused(error) && !isDead(error) && !isRateLimited(error)
    if (!isTokenSuspect) throw error
    log.info({ err: error }, 'WeCom refused a pull with the token of a callback, it is repeated without')
    return pull(null)
  }
}

function read({ log, notBeforeMs }: KfSession, raw: unknown): StreamEntry | null {
  const entry = readItem(raw)
  if (entry?.kind === 'message' && entry.sentAtMs < notBeforeMs) return null
  log.debug({ kind: entry?.kind }, 'entry from WeCom')
  return entry
}

async function toEvents(session: KfSession, entries: StreamEntry[]): Promise<WechatEvent[]> {
  const received = entries.filter((entry): entry is CustomerMessage => entry.kind === 'message')
  if (received.length > 0)
    await lookUpNames(
      session,
      received.map(({ externalId }) => externalId),
    )
  const untilMs = performance.now() + filesWithinMs
  const batch: WechatEvent[] = []
  for (const entry of entries) {
    if (entry.kind === 'send_failed') {
      batch.push({ type: 'send_failed', wireId: entry.msgid, ...describeSendFailure(entry.failType) })
      continue
    }
    const leftMs = untilMs - performance.now()
    const media = entry.file && leftMs > 0 ? await fetchMedia(session, entry.file, leftMs) : null
    const { msgid: wechatId, externalId: senderUsername, type, text } = entry
    const senderName = session.names.get(senderUsername) ?? ''
    batch.push({ type: 'message', message: { wechatId, senderUsername, senderName, type, text, room: null, media } })
  }
  return batch
}
