import type { z } from 'zod'
import type { WechatEvent } from '@/worker/wechat/port'
import { describeSendFailure, isDead, isRateLimited, isRefused } from '@/worker/wecom/client/wecom-error'
import { readItem, type StreamEntry } from '@/worker/wecom/protocol/read-item'
import { syncResponse } from '@/worker/wecom/protocol/shapes'
import { fetchMedia } from '@/worker/wecom/session/fetch-media'
import type { KfSession } from '@/worker/wecom/session/kf-session'
import { lookUpNames } from '@/worker/wecom/session/look-up-names'
import { findWelcome, sendWelcomes, type Welcome } from '@/worker/wecom/session/welcome'
import { type KfPosition, writePosition } from '@/worker/wecom/session/position'

const callMs = 15_000
const maxPerPage = 200
/** AMR. */
const voiceFormat = 0
/** Deadline for downloading all files of one page. Of a file that is late, only the text of its message is reported. */
const filesWithinMs = 60_000
const maxPages = 10_000

/**
 * Pulls everything since the stored position, page by page; each page is stored with the position after it before the next page is requested.
 * @param syncToken of a callback; null: none, then WeCom limits the rate. @throws WecomError
 */
export async function pullEntries(session: KfSession, syncToken: string | null): Promise<void> {
  for (let count = 0; count < maxPages && !session.signal.aborted; count++) {
    const { position } = session
    if (!position) return
    const page = await pullPage(session, position, syncToken)
    const cursor = page.next_cursor || position.cursor
    const entries = page.msg_list.flatMap((raw) => read(session, raw) ?? [])
    if (entries.length > 0 || cursor !== position.cursor) {
      session.position = { ...position, cursor }
      const { events, welcomes } = await toEvents(session, entries)
      const parts = cutAtStates(events)
      const last = parts.pop() ?? []
      for (const part of parts) if (!(await session.events.push(part, null))) return
      if (!(await session.events.push(last, writePosition(session.position)))) return
      await sendWelcomes(session, welcomes)
    }
    if (page.has_more !== 1 || cursor === position.cursor) return
  }
}

/** A change of a conversation's state is stored by itself, so that it keeps its place between messages. */
function cutAtStates(events: WechatEvent[]): WechatEvent[][] {
  const parts: WechatEvent[][] = [[]]
  for (const event of events) {
    if (event.type === 'service_state') parts.push([event], [])
    else parts.at(-1)?.push(event)
  }
  return parts.filter((part) => part.length > 0)
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
  if (entry && 'sentAtMs' in entry && entry.sentAtMs < notBeforeMs) return null
  log.debug({ kind: entry?.kind }, 'entry from WeCom')
  return entry
}

async function toEvents(
  session: KfSession,
  entries: StreamEntry[],
): Promise<{ events: WechatEvent[]; welcomes: Welcome[] }> {
  const people = entries.flatMap((entry) => ('sentAtMs' in entry ? [entry.externalId] : []))
  if (people.length > 0) await lookUpNames(session, people)
  const untilMs = performance.now() + filesWithinMs
  const batch: WechatEvent[] = []
  const welcomes: Welcome[] = []
  for (const entry of entries) {
    if (entry.kind === 'send_failed') {
      batch.push({ type: 'send_failed', wireId: entry.msgid, ...describeSendFailure(entry.failType) })
      continue
    }
    if (entry.kind === 'service_state') {
      batch.push({ type: 'service_state', peerUsername: entry.externalId, change: entry.change })
      continue
    }
    if (entry.kind === 'entered') {
      const { externalId, scene, sceneParam } = entry
      const name = session.names.get(externalId) ?? ''
      batch.push({ type: 'chat_entered', peerUsername: externalId, name, scene, sceneParam })
      const welcome = await findWelcome(session, entry)
      if (!welcome) continue
      welcomes.push(welcome)
      const { messageId, peerUsername, text } = welcome
      batch.push({ type: 'welcome_due', messageId, peerUsername, text })
      continue
    }
    const leftMs = untilMs - performance.now()
    const media = entry.file && leftMs > 0 ? await fetchMedia(session, entry.file, leftMs) : null
    const { msgid: wechatId, externalId: senderUsername, type, text } = entry
    const senderName = session.names.get(senderUsername) ?? ''
    batch.push({ type: 'message', message: { wechatId, senderUsername, senderName, type, text, room: null, media } })
  }
  return { events: batch, welcomes }
}
