import { eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { sessions } from '../db/schema/session'
import type { Session } from './get-live-session'

/** The session behind a qrcode_url; null for a key nobody was given. */
export async function getSessionByQrKey(db: Db, qrKey: string): Promise<Session | null> {
  const [session] = await db.select().from(sessions).where(eq(sessions.qrKey, qrKey))
  return session ?? null
}
