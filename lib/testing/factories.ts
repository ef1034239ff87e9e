import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { applications } from '../db/schema/application'
import { robots } from '../db/schema/robot'
import { rooms, roomUsernames } from '../db/schema/room'
import { sessions } from '../db/schema/session'
import { newId, newKey } from '../id'

/** Inserts an application that nothing is sent to, unless `columns` say otherwise. */
export async function givenApplication(
  db: Db,
  columns: Partial<typeof applications.$inferInsert> = {},
): Promise<string> {
  const id = newId('application')
  const secrets = { signingSecretSealed: 'sealed', callbackTokenSealed: 'sealed' }
  await db.insert(applications).values({ id, name: '测试应用', ...secrets, ...columns })
  return id
}

/** Inserts a robot, in an application of its own unless `columns` name one. */
export async function givenRobot(db: Db, columns: Partial<typeof robots.$inferInsert> = {}): Promise<string> {
  const id = newId('robot')
  const applicationId = columns.applicationId ?? (await givenApplication(db))
  await db.insert(robots).values({ id, username: `weimi_${id}`, sendRatePerMinute: 0, ...columns, applicationId })
  return id
}

/** Inserts a live session, online unless `columns` say otherwise. */
export async function givenSession(
  db: Db,
  { robotId, ...columns }: { robotId: string } & Partial<typeof sessions.$inferInsert>,
): Promise<string> {
  const id = newId('session')
  const attemptExpiresAt = sql`clock_timestamp() + interval '5 minutes'`
  await db.insert(sessions).values({ id, robotId, qrKey: newKey(), state: 'online', attemptExpiresAt, ...columns })
  return id
}

/** Inserts a room that WeChat shows now under `username`. */
export async function givenRoom(
  db: Db,
  { robotId, name, username }: { robotId: string; name: string; username: string },
): Promise<string> {
  const id = newId('room')
  await db.insert(rooms).values({ id, robotId, name, username })
  await db.insert(roomUsernames).values({ robotId, username, roomId: id })
  return id
}
