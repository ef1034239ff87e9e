import { AppError } from '../errors'
import type { JoinToken } from './join-token'
import type { QunView } from './qun-view'

const whyNot = {
  pending_owner: '群还没有建好，请稍后再试',
  pending_room: '群还没有建好，请稍后再试',
  full: '群已满',
  paused: '群暂停加人',
  closed: '群已关闭',
} as const

/** @throws JOIN_TOKEN_UNKNOWN for a token nobody was given, JOIN_TOKEN_SPENT for one replaced, expired or used up. Spec: B1. */
export function requireValidToken(token: JoinToken | null): JoinToken {
  const options = { parameter: 'token' }
  if (!token) throw new AppError('JOIN_TOKEN_UNKNOWN', '入群令牌不存在', options)
  if (token.replacedAt) throw new AppError('JOIN_TOKEN_SPENT', '入群令牌已更换', options)
  if (token.isExpired) throw new AppError('JOIN_TOKEN_SPENT', '入群令牌已过期', options)
  if (token.isUsedUp) throw new AppError('JOIN_TOKEN_SPENT', '入群令牌已用完', options)
  return token
}

/** @throws QUN_NOT_OPEN when nobody can join it now. Spec: B1. */
export function requireOpen({ status }: QunView): void {
  if (status !== 'open') throw new AppError('QUN_NOT_OPEN', whyNot[status])
}
