import { eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import type { CallbackEventType, ChosenConnection, RoomScope } from '@/lib/db/types'
import { type ApplicationView, getApplicationOrThrow } from '@/lib/application/get-application'

type ApplicationChange = {
  applicationId: string
  name?: string | undefined
  /** null: no callbacks. */
  callbackUrl?: string | null | undefined
  roomScope?: RoomScope | undefined
  eventTypes?: CallbackEventType[] | undefined
  /** null: the default of the installation. */
  defaultConnection?: ChosenConnection | null | undefined
  isDisabled?: boolean | undefined
}

/** Changes the given fields of an application and returns the changed row. @throws NOT_FOUND */
export async function updateApplication(tx: Db, options: ApplicationChange): Promise<ApplicationView> {
  const { applicationId, isDisabled, ...fields } = options
  const before = await getApplicationOrThrow(tx, { applicationId })
  const disabledAt = isDisabled ? sql`coalesce(disabled_at, clock_timestamp())` : null
  const change = { ...fields, ...(isDisabled === undefined ? {} : { disabledAt }) }
  if (Object.values(change).every((value) => value === undefined)) return before
  await tx.update(applications).set(change).where(eq(applications.id, applicationId))
  return getApplicationOrThrow(tx, { applicationId })
}
