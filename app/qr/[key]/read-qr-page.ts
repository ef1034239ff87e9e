import { viewQr, type QrView } from '@/app/api/dashboard/views/qr'
import type { SessionEndReason } from '@/lib/db/types'
import type { WebContext } from '@/lib/http/web-context'
import { getSessionByQrKey } from '@/lib/session/get-session-by-qr-key'

export type QrPage =
  (QrView & { state: QrView['state'] }) | { state: 'done' } | { state: 'ended'; endReason: SessionEndReason | null }

/** What the page behind a scan link shows; null for a link nobody was given. It knows the key, so it may see the code, no more. */
export async function readQrPage({ db, env }: WebContext, key: string): Promise<QrPage | null> {
  const session = await getSessionByQrKey(db, key)
  if (!session) return null
  if (session.state === 'online' || session.state === 'reconnecting') return { state: 'done' }
  const isOver = session.state === 'starting' || session.state === 'waiting_scan'
  if (session.state === 'ended' || (isOver && session.attemptExpiresAt.getTime() <= Date.now())) {
    const wasOnline = session.onlineAt !== null
    return wasOnline ? { state: 'done' } : { state: 'ended', endReason: session.endReason ?? 'not_scanned' }
  }
  return viewQr(env, session)
}
