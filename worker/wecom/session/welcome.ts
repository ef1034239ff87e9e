import { newId } from '@/lib/id'
import type { EnteredChat } from '@/worker/wecom/protocol/read-item'
import type { KfSession } from '@/worker/wecom/session/kf-session'
import { sendWelcome } from '@/worker/wecom/session/send'

/** WeCom takes a welcome message for 20 s; its clock and ours may differ. */
const codeLifeMs = 20_000

/** A welcome text that is due; `code` allows to send it. */
export type Welcome = { messageId: string; peerUsername: string; text: string; code: string }

/** Returns the welcome text that is due when a person opens the chat; null: the robot has none, or the entry is too old. */
export async function findWelcome(
  { readWelcome }: KfSession,
  { externalId: peerUsername, welcomeCode: code, sentAtMs }: EnteredChat,
): Promise<Welcome | null> {
  if (code === '' || Date.now() - sentAtMs > codeLifeMs) return null
  const text = await readWelcome()
  return text === '' ? null : { messageId: newId('message'), peerUsername, text, code }
}

/**
 * Sends welcome texts that are stored with the entries that caused them: a worker that stops meanwhile loses none from the conversation and
 * sends none twice. Never throws.
 */
export async function sendWelcomes(session: KfSession, welcomes: readonly Welcome[]): Promise<void> {
  for (const welcome of welcomes) {
    const outcome = await sendWelcome(session, welcome)
    await session.events.push([{ type: 'welcome_sent', messageId: welcome.messageId, outcome }], null)
  }
}
