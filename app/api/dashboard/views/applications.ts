import { getApplicationOrThrow } from '@/lib/application/get-application'
import { listApplications } from '@/lib/application/list-applications'
import { listTokens } from '@/lib/application/list-tokens'
import type { WebContext } from '@/lib/http/web-context'

type Listed = Awaited<ReturnType<typeof listApplications>>[number]
export type ApplicationView = Pick<
  Listed,
  'id' | 'name' | 'callbackUrl' | 'roomScope' | 'eventTypes' | 'robotCount' | 'tokenCount'
> & { isDisabled: boolean; createdAt: string }

/** All applications with how many robots and tokens each has. */
export async function readApplications({ db }: WebContext): Promise<ApplicationView[]> {
  const applications = await listApplications(db)
  return applications.map((application) => ({
    id: application.id,
    name: application.name,
    callbackUrl: application.callbackUrl,
    roomScope: application.roomScope,
    eventTypes: application.eventTypes,
    robotCount: application.robotCount,
    tokenCount: application.tokenCount,
    isDisabled: application.disabledAt !== null,
    createdAt: application.createdAt.toISOString(),
  }))
}

export type TokenView = {
  id: string
  name: string
  lastFour: string
  rateLimitPerMinute: number
  state: 'active' | 'expired' | 'revoked'
  isReplaced: boolean
  isCallbackOnly: boolean
  /** Whether callbacks repeat it now, and when they begin to. */
  isInCallbacks: boolean
  inCallbacksFrom: string | null
  expiresAt: string | null
  lastUsedAt: string | null
  createdAt: string
}
export type ApplicationDetail = Pick<
  ApplicationView,
  'id' | 'name' | 'callbackUrl' | 'roomScope' | 'eventTypes' | 'isDisabled' | 'createdAt'
> & { tokens: TokenView[]; publicUrl: string }

/** One application with its tokens, secrets left out. @throws AppError NOT_FOUND. */
export async function readApplication({ db, env }: WebContext, applicationId: string): Promise<ApplicationDetail> {
  const application = await getApplicationOrThrow(db, { applicationId })
  const tokens = await listTokens(db, { applicationId })
  return {
    id: application.id,
    name: application.name,
    callbackUrl: application.callbackUrl,
    roomScope: application.roomScope,
    eventTypes: application.eventTypes,
    isDisabled: application.disabledAt !== null,
    createdAt: application.createdAt.toISOString(),
    publicUrl: env.PUBLIC_URL,
    tokens: tokens.map((token) => ({
      id: token.id,
      name: token.name,
      lastFour: token.lastFour,
      rateLimitPerMinute: token.rateLimitPerMinute,
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
