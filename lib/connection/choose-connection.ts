import type { ChosenConnection, RobotConnection } from '@/lib/db/types'
import type { Env } from '@/lib/env'
import { AppError } from '@/lib/errors'

/** Connections that this version implements; robots with another connection are refused. */
export const availableConnections: readonly ChosenConnection[] = ['web', 'ilink', 'wecom_kf', 'gateway']

export type ConnectionSettings = Pick<Env, 'WECHAT' | 'WECHAT_WEB_RISK' | 'DEFAULT_CONNECTION'>

/** Returns the connection of a new robot if neither the request nor the application names one. Spec: E1 (choice of connection). */
export function defaultConnection(env: ConnectionSettings): ChosenConnection {
  return env.DEFAULT_CONNECTION ?? (env.WECHAT === 'simulator' ? 'web' : 'ilink')
}

/**
 * Refuses a connection that this installation cannot use, or should not: WeChat logs real accounts out that use the web protocol.
 * @throws ILLEGAL_ACTION
 */
export function requireUsable(env: Pick<Env, 'WECHAT' | 'WECHAT_WEB_RISK'>, connection: RobotConnection): void {
  if (!isAvailable(connection))
    throw new AppError('ILLEGAL_ACTION', {
      parameter: 'connection',
      reason: 'connection_unavailable',
      params: { connection },
    })
  if (!isUsable(env, connection))
    throw new AppError('ILLEGAL_ACTION', {
      parameter: 'connection',
      reason: 'web_refused',
    })
}

/** Returns whether a connection exists here and WeChat does not refuse it. */
export function isUsable(env: Pick<Env, 'WECHAT' | 'WECHAT_WEB_RISK'>, connection: RobotConnection): boolean {
  if (connection === 'web') return env.WECHAT === 'simulator' || env.WECHAT_WEB_RISK === 'accepted'
  return isAvailable(connection)
}

/** Returns whether a robot of this connection can be created on request. */
function isAvailable(connection: RobotConnection): connection is ChosenConnection {
  return availableConnections.some((available) => available === connection)
}
