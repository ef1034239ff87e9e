import { getApplicationOrThrow } from '@/lib/application/get-application'
import { isAccessTokenExposed } from '@/lib/application/is-access-token-exposed'
import { listTokens } from '@/lib/application/list-tokens'
import { type CallbackEventType, callbackEventTypes, type TokenScope } from '@/lib/db/types'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { maskUrlFor } from '@/lib/auth/mask-secrets'
import type { ApplicationView } from '@/lib/dashboard/application/list'

type SubscribableEventType = (typeof callbackEventTypes)[number]

export type TokenView = {
  id: string
  name: string
  lastFour: string
  rateLimitPerMinute: number
  /** null: all calls, all robots, any address. */
  scopes: TokenScope[] | null
  robotIds: string[] | null
  networks: string[] | null
  state: 'active' | 'expired' | 'revoked'
  isReplaced: boolean
  isCallbackOnly: boolean
  /** Whether callbacks carry this token; `inCallbacksFrom`: the time from which they will. */
  isInCallbacks: boolean
  inCallbacksFrom: string | null
  expiresAt: string | null
  lastUsedAt: string | null
  createdAt: string
}

export type ApplicationDetail = Pick<
  ApplicationView,
  'id' | 'name' | 'callbackUrl' | 'roomScope' | 'isDisabled' | 'createdAt'
> & {
  eventTypes: SubscribableEventType[]
  /** Whether callbacks carry an access token of the API over unencrypted HTTP. */
  isAccessTokenExposed: boolean
  tokens: TokenView[]
  publicUrl: string
}

/** Returns one application with its tokens, without secrets. @throws AppError NOT_FOUND. */
export async function readApplication(
  { db, env, operator }: ViewContext,
  applicationId: string,
): Promise<ApplicationDetail> {
  const application = await getApplicationOrThrow(db, { applicationId })
  const tokens = await listTokens(db, { applicationId })
  return {
    id: application.id,
    name: application.name,
    callbackUrl: maskUrlFor(operator, application.callbackUrl),
    roomScope: application.roomScope,
    eventTypes: application.eventTypes.filter(isSubscribable),
    isDisabled: application.disabledAt !== null,
    createdAt: application.createdAt.toISOString(),
    publicUrl: env.PUBLIC_URL,
    isAccessTokenExposed: await isAccessTokenExposed(db, { applicationId }),
    tokens: tokens.map((token) => ({
      id: token.id,
      name: token.name,
      lastFour: token.lastFour,
      rateLimitPerMinute: token.rateLimitPerMinute,
      scopes: token.scopes,
      robotIds: token.robotIds,
      networks: token.networks,
      state: token.state,
      isReplaced: token.replacedById !== null,
      isCallbackOnly: token.isCallbackOnly,
      isInCallbacks: token.isInCallbacks,
      inCallbacksFrom: token.inCallbacksFrom?.toISOString() ?? null,
      expiresAt: token.expiresAt?.toISOString() ?? null,
      lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
      createdAt: token.createdAt.toISOString(),
    })),
  }
}

function isSubscribable(type: CallbackEventType): type is SubscribableEventType {
  return (callbackEventTypes as readonly string[]).includes(type)
}
