import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { connectorApplications, connectors } from '@/lib/db/schema/connector'
import { operators } from '@/lib/db/schema/operator'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { robots } from '@/lib/db/schema/robot'
import { rooms, roomUsernames } from '@/lib/db/schema/room'
import { sessions } from '@/lib/db/schema/session'
import { newId, newKey } from '@/lib/id'

/** Inserts an application, by default without a callback URL. */
export async function givenApplication(
  db: Db,
  columns: Partial<typeof applications.$inferInsert> = {},
): Promise<string> {
  const id = newId('application')
  const secrets = { signingSecretSealed: 'sealed', callbackTokenSealed: 'sealed' }
  await db.insert(applications).values({ id, name: '测试应用', ...secrets, ...columns })
  return id
}

/** Inserts an operator, by default an admin, whose password hash is cheap to check and matches no password. */
export async function givenOperator(
  db: Db,
  columns: Pick<typeof operators.$inferInsert, 'email'> & Partial<typeof operators.$inferInsert>,
): Promise<string> {
  const id = newId('operator')
  await db.insert(operators).values({ id, passwordHash: '$scrypt$ln=4,r=8,p=1$c2FsdA$a2V5', ...columns })
  return id
}

/** Inserts an additional endpoint for messages of all rooms; its signing secret cannot be opened. */
export async function givenEndpoint(
  db: Db,
  columns: Partial<typeof applicationEndpoints.$inferInsert> & { applicationId: string },
): Promise<string> {
  const id = columns.id ?? newId('endpoint')
  const filters = { eventTypes: ['send_message' as const], roomScope: 'all' as const }
  const fields = { name: `回调 ${id}`, url: 'http://dev.test/more', signingSecretSealed: 'sealed', ...filters }
  await db.insert(applicationEndpoints).values({ id, ...fields, ...columns })
  return id
}

/** Inserts a robot, by default in a new application. */
export async function givenRobot(db: Db, columns: Partial<typeof robots.$inferInsert> = {}): Promise<string> {
  const id = newId('robot')
  const applicationId = columns.applicationId ?? (await givenApplication(db))
  await db.insert(robots).values({ id, username: `weimi_${id}`, sendRatePerMinute: 0, ...columns, applicationId })
  return id
}

/** Inserts a connector that the applications may use; its secrets cannot be opened. */
export async function givenConnector(
  db: Db,
  { applicationIds = [], ...columns }: Partial<typeof connectors.$inferInsert> & { applicationIds?: string[] } = {},
): Promise<string> {
  const id = newId('connector')
  const type = columns.type ?? 'wecom'
  const settings =
    type === 'wecom'
      ? { corpId: 'ww1234567890abcdef' }
      : { baseUrl: 'https://gateway.example', tokenHeader: 'X-GEWE-TOKEN', pathPrefix: '/gewe/v2/api' }
  const sealed = { secretsSealed: 'sealed', callbackKeyHash: id, callbackKeySealed: 'sealed' }
  await db.insert(connectors).values({ id, type, name: `连接器 ${id}`, settings, ...sealed, ...columns })
  for (const applicationId of applicationIds)
    await db.insert(connectorApplications).values({ connectorId: id, applicationId })
  return id
}

export async function givenSession(
  db: Db,
  { robotId, ...columns }: { robotId: string } & Partial<typeof sessions.$inferInsert>,
): Promise<string> {
  const id = newId('session')
  const attemptExpiresAt = sql`clock_timestamp() + interval '5 minutes'`
  await db.insert(sessions).values({ id, robotId, qrKey: newKey(), state: 'online', attemptExpiresAt, ...columns })
  return id
}

/** Inserts a room that is known by `username` in the current login. */
export async function givenRoom(
  db: Db,
  { robotId, name, username }: { robotId: string; name: string; username: string },
): Promise<string> {
  const id = newId('room')
  await db.insert(rooms).values({ id, robotId, name, username })
  await db.insert(roomUsernames).values({ robotId, username, roomId: id })
  return id
}
