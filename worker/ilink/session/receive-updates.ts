import type { z } from 'zod'
import { readParts } from '@/worker/ilink/protocol/read-message'
import { type updatesResponse, type WireMessage, wireMessage } from '@/worker/ilink/protocol/shapes'
import { fetchMedia } from '@/worker/ilink/session/fetch-media'
import type { IlinkSession } from '@/worker/ilink/session/ilink-session'
import { writePosition } from '@/worker/ilink/session/position'
import type { WechatEvent } from '@/worker/wechat/port'

const fromUser = 1
const maxContexts = 20
/** Maximum time for all files of one response; messages whose file is later are stored without it. */
const filesTimeoutMs = 60_000

/** Stores the messages of one response together with the cursor after them, because iLink does not deliver them again. */
export async function receiveUpdates(
  session: IlinkSession,
  updates: z.output<typeof updatesResponse>,
  { isFirst }: { isFirst: boolean },
): Promise<void> {
  const { position, events, log } = session
  if (!position) return
  const messages = updates.msgs.flatMap((raw) => readMessage(raw, session) ?? [])
  if (isFirst) logGap(session, messages[0])
  const cursor = updates.get_updates_buf || position.cursor
  if (messages.length === 0 && cursor === position.cursor) return
  const contexts = { ...position.contexts }
  for (const { from_user_id: userId, context_token: context } of messages) {
    if (!context) continue
    delete contexts[userId]
    contexts[userId] = context
  }
  const newest = Object.fromEntries(Object.entries(contexts).slice(-maxContexts))
  const lastSeq = messages.reduce((highest, { seq }) => Math.max(highest, seq), position.lastSeq)
  // A reply may be due as soon as the batch is committed.
  session.position = { ...position, cursor, contexts: newest, lastSeq }
  const batch = await toEvents(session, messages)
  log.debug({ count: batch.length }, 'messages from iLink')
  await events.push(batch, writePosition(session.position))
}

function readMessage(raw: unknown, { log }: IlinkSession): WireMessage | null {
  const parsed = wireMessage.safeParse(raw)
  if (!parsed.success) {
    log.warn({ issue: parsed.error.issues[0]?.path.join('.') }, 'a message of iLink cannot be read')
    return null
  }
  // Omits its own messages, and those of groups, which iLink does not have yet.
  return parsed.data.message_type === fromUser && parsed.data.group_id === '' ? parsed.data : null
}

/** Logs a gap in the sequence numbers. Assumed: those of a bot's messages have no gaps. */
function logGap({ position, log }: IlinkSession, first: WireMessage | undefined): void {
  const last = position?.lastSeq ?? 0
  if (first && last > 0 && first.seq > last + 1)
    log.warn(
      { last, first: first.seq },
      'messages that iLink delivered before the restart were not stored and are lost',
    )
}

async function toEvents(session: IlinkSession, messages: WireMessage[]): Promise<WechatEvent[]> {
  const untilMs = performance.now() + filesTimeoutMs
  const batch: WechatEvent[] = []
  for (const message of messages)
    for (const { file, ...part } of readParts(message)) {
      const leftMs = untilMs - performance.now()
      const media = file && leftMs > 0 ? await fetchMedia(session, file, leftMs) : null
      const sender = { senderUsername: message.from_user_id, senderName: '' }
      batch.push({ type: 'message', message: { ...part, ...sender, room: null, media } })
    }
  return batch
}
