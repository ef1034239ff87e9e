import type { AlertMessage } from '@/lib/alert/compose-message'
import type { Db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { acceptMessage } from '@/lib/message/accept-message'
import type { Sentence } from '@/lib/sentence'

/** A message of a robot; longer texts would be several. */
const maxLength = 1500
const sendTimeoutMs = 60_000

/** Writes a message to the owner of an iLink robot; null: it waits for its turn to be sent. The same `id` is sent once. */
export async function sendToOwner(
  db: Db,
  { robotId }: { robotId: string },
  message: AlertMessage,
  id: string,
): Promise<Sentence | null> {
  const content = [...[message.title, message.text].filter(Boolean).join('\n')].slice(0, maxLength).join('')
  const input = {
    robotId,
    toUser: 'owner',
    type: 'text',
    content,
    timeoutMs: sendTimeoutMs,
    idempotencyKey: id,
  } as const
  try {
    await db.transaction((tx) => acceptMessage(tx, input))
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { reason, params } = error.options
    return params ? { reason, params } : { reason }
  }
}
