import { z } from 'zod'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { type ApplicationName, listApplicationNames } from '@/lib/application/list-application-names'
import { applicationSorts, applicationStates, listApplicationPage } from '@/lib/application/list-application-page'
import type { ListedApplication } from '@/lib/application/list-applications'
import { listTokens } from '@/lib/application/list-tokens'
import type { WebContext } from '@/lib/http/web-context'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf, sortQuery } from '../list-query'

export type ApplicationView = Pick<
  ListedApplication,
  'id' | 'name' | 'callbackUrl' | 'roomScope' | 'eventTypes' | 'robotCount' | 'tokenCount'
> & { isDisabled: boolean; createdAt: string }

export const applicationListQuery = listQuery({
  state: z.enum(applicationStates).optional(),
  sort: sortQuery(applicationSorts, '-created'),
})

/** A page of applications with how many robots and tokens each has. */
export async function readApplications(
  { db }: WebContext,
  asked: z.output<typeof applicationListQuery>,
): Promise<Paged<ApplicationView>> {
  const { state, q: search, sort } = asked
  const { rows, total } = await listApplicationPage(db, { ...rowsOf(asked), state, search, sort })
  const applications = rows.map(({ disabledAt, createdAt, ...application }) => ({
    ...application,
    isDisabled: disabledAt !== null,
    createdAt: createdAt.toISOString(),
  }))
  return { rows: applications, total }
}

/** The newest applications by name, to choose from. */
export async function readApplicationNames({ db }: WebContext): Promise<ApplicationName[]> {
  return listApplicationNames(db)
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
