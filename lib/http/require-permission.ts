import type { Caller } from '@/lib/application/authenticate-token'
import type { TokenScope } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import type { Contract } from '@/lib/http/contract/contract'
import { hasUntrustedForwarding, peerAddress } from '@/lib/http/peer-address'
import { isInNetworks } from '@/lib/networks'

/** Returns the scope that a call needs: its own, or `read` for a GET and `control` for any other. */
export function scopeOf({ scope, method }: Pick<Contract, 'scope' | 'method'>): TokenScope {
  return scope ?? (method === 'GET' ? 'read' : 'control')
}

/**
 * Admits a token only from its addresses: that of the socket, or the one that a trusted proxy reports. A forwarding header that no
 * trusted proxy confirms refuses it. @throws TOKEN_NOT_PERMITTED. Spec: A3 (access token).
 */
export function requireAddress({ networks }: Caller, request: { headers: Headers }): void {
  if (networks === null) return
  if (hasUntrustedForwarding(request) || !isInNetworks(networks, peerAddress(request)))
    throw new AppError('TOKEN_NOT_PERMITTED', { reason: 'token_address_excluded', parameter: 'token' })
}

/**
 * Admits a call that the scopes and robots of its token allow. A token for some robots may only make calls about one of them, and
 * calls that leave out other robots themselves. @throws TOKEN_NOT_PERMITTED. Spec: A3 (access token).
 */
export function requirePermission(
  { scopes, robotIds }: Caller,
  contract: Pick<Contract, 'scope' | 'method' | 'path' | 'filtersRobots'>,
  robotId: string,
): void {
  const scope = scopeOf(contract)
  if (scopes !== null && !scopes.includes(scope))
    throw new AppError('TOKEN_NOT_PERMITTED', { reason: 'token_scope_missing', parameter: 'token', params: { scope } })
  if (robotIds === null || contract.filtersRobots) return
  const isAboutRobot = contract.path.includes('{robot_id}')
  if (!isAboutRobot || !robotIds.includes(robotId))
    throw new AppError('TOKEN_NOT_PERMITTED', {
      reason: isAboutRobot ? 'token_robot_excluded' : 'token_robots_only',
      parameter: 'token',
    })
}
