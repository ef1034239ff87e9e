import { eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { getApplicationOrThrow } from './get-application'
import type { ApplicationView } from './application-view'

type ApplicationChange = {
  applicationId: string
  name?: string | undefined
  /** null = no callbacks. */
  callbackUrl?: string | null | undefined
  roomScope?: RoomScope | undefined
  eventTypes?: CallbackEventType[] | undefined
  isDisabled?: boolean | undefined
}

/** Changes what is given of an application and returns it as it is then. @throws NOT_FOUND when there is none. */
export async function updateApplication(tx: Db, options: ApplicationChange): Promise<ApplicationView> {
  const { applicationId, isDisabled, ...given } = options
  const before = await getApplicationOrThrow(tx, { applicationId })
  const disabledAt = isDisabled ? sql`coalesce(disabled_at, clock_timestamp())` : null
  const change = { ...given, ...(isDisabled === undefined ? {} : { disabledAt }) }
  if (Object.values(change).every((value) => value === undefined)) return before
  await tx.update(applications).set(change).where(eq(applications.id, applicationId))
  return getApplicationOrThrow(tx, { applicationId })
}
