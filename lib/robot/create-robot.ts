import { and, count, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { robots } from '@/lib/db/schema/robot'
import { type ConnectionSettings, defaultConnection, requireUsable } from '@/lib/connection/choose-connection'
import { chooseConnector } from '@/lib/connector/choose-connector'
import type { RobotConnection } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { refuseTakenKfAccount } from '@/lib/robot/refuse-taken-kf-account'
import type { RobotRow } from '@/lib/robot/robot-view'
import { startKfSessions } from '@/lib/wecom/start-sessions'

type NewRobot = {
  applicationId: string
  /** Validated by `robotUsername`. */
  username: string
  /** Maximum robots of the application; 0 = no limit. */
  maxRobots: number
  /** undefined: the default of the application or the installation. */
  connection?: RobotConnection | undefined
  /** undefined: the default of the application, if the connection needs one. */
  connectorId?: string | undefined
  /** Only `wecom_kf`: creates the customer service account under the username if there is none. */
  createsAccount?: boolean | undefined
  settings: ConnectionSettings
}

/**
 * Creates a robot, or returns the application's existing robot with that username; concurrent calls return the same one, and it is new to
 * one of them.
 * @throws ILLEGAL_ACTION if the application has its maximum number of robots, the existing robot has another connection than
 * requested, or the connection cannot be used here; INVALID_PARAMETER for its connector, and for an account that cannot be created.
 * Spec: 创建微信机器人, A6 (robot), E1 (choice of connection).
 */
export async function createRobot(db: Db, options: NewRobot): Promise<{ robot: RobotRow; isNew: boolean }> {
  const { applicationId, username, maxRobots, settings, createsAccount = false } = options
  const ofApplication = and(eq(robots.applicationId, applicationId), isNull(robots.deletedAt))
  const findExisting = async (tx: Db) => {
    const [row] = await tx
      .select({ id: robots.id })
      .from(robots)
      .where(and(ofApplication, eq(robots.username, username)))
    return row?.id
  }
  const create = async (tx: Tx) => {
    // Serializes concurrent calls, so that each counts the robots of the previous one.
    const [application] = await tx
      .select({ defaultConnection: applications.defaultConnection })
      .from(applications)
      .where(eq(applications.id, applicationId))
      .for('no key update')
    const existing = await findExisting(tx)
    if (existing) return { id: existing, isNew: false }
    const connection = options.connection ?? application?.defaultConnection ?? defaultConnection(settings)
    requireUsable(settings, connection)
    const connectorId = await chooseConnector(tx, { applicationId, connection, connectorId: options.connectorId })
    if (createsAccount) requireAccountName(connection, username)
    if (connection === 'wecom_kf' && connectorId) await refuseTakenKfAccount(tx, { connectorId, username })
    const [counted] = await tx.select({ count: count() }).from(robots).where(ofApplication)
    if (maxRobots > 0 && counted!.count >= maxRobots)
      throw new AppError('ILLEGAL_ACTION', { reason: 'robot_limit', params: { max: maxRobots } })
    const id = newId('robot')
    await tx.insert(robots).values({ id, applicationId, username, connection, connectorId, createsAccount })
    if (connection === 'wecom_kf' && connectorId) await startKfSessions(tx, { connectorId })
    return { id, isNew: true }
  }
  const existingId = await findExisting(db)
  const { id, isNew } = existingId ? { id: existingId, isNew: false } : await db.transaction(create)
  const robot = await getRobotOrThrow(db, { applicationId, robotId: id })
  const { connection } = robot
  if (options.connection && options.connection !== connection)
    throw new AppError('ILLEGAL_ACTION', {
      parameter: 'connection',
      reason: 'connection_differs',
      params: { connection },
    })
  if (createsAccount && !isNew) {
    requireAccountName(connection, username)
    await db.update(robots).set({ createsAccount }).where(eq(robots.id, id))
  }
  if (options.connectorId && options.connectorId !== robot.connectorId)
    throw new AppError('ILLEGAL_ACTION', { parameter: 'connector_id', reason: 'connector_differs' })
  return { robot, isNew }
}

/** Maximum length of the name of a customer service account, in characters. */
const maxAccountName = 16

/** @throws INVALID_PARAMETER if no customer service account can be created under the username of this robot */
function requireAccountName(connection: RobotConnection, username: string): void {
  if (connection !== 'wecom_kf')
    throw new AppError('INVALID_PARAMETER', {
      reason: 'create_account_not_fitting',
      parameter: 'create_account',
      params: { connection },
    })
  if ([...username].length > maxAccountName)
    throw new AppError('INVALID_PARAMETER', {
      reason: 'kf_account_name',
      parameter: 'username',
      params: { max: maxAccountName },
    })
}
