import { viewQr, type QrView } from '@/lib/dashboard/robot/qr'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { getConnection } from '@/lib/robot/get-connection'
import type { SessionEndReason } from '@/lib/db/types'
import type { WebContext } from '@/lib/http/web-context'
import { getSessionByQrKey } from '@/lib/session/get-session'

export type QrPage =
  /** `isPrivate`: the robot only chats with the person who scans. */
  (QrView & { isPrivate: boolean }) | { state: 'done' } | { state: 'ended'; endReason: SessionEndReason | null }

/** Reads the data of a scan page; null: unknown link. The key grants access to the QR code only. */
export async function readQrPage({ db, env }: WebContext, key: string): Promise<QrPage | null> {
  const session = await getSessionByQrKey(db, key)
  if (!session) return null
  if (session.state === 'online' || session.state === 'reconnecting') return { state: 'done' }
  const mayExpire = session.state === 'starting' || session.state === 'waiting_scan'
  if (session.state === 'ended' || (mayExpire && session.attemptExpiresAt.getTime() <= Date.now())) {
    const wasOnline = session.onlineAt !== null
    return wasOnline ? { state: 'done' } : { state: 'ended', endReason: session.endReason ?? 'not_scanned' }
  }
  const { connection } = await getConnection(db, session)
  return { ...viewQr(env, session), isPrivate: !capabilitiesOf[connection].rooms }
}
