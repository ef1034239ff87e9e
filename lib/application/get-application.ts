import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'

/** Returns one application, enabled or disabled. @throws NOT_FOUND */
export async function getApplicationOrThrow(db: Db, options: { applicationId: string }): Promise<ApplicationView> {
  const [application] = await db
    .select(applicationColumns)
    .from(applications)
    .where(eq(applications.id, options.applicationId))
  if (!application) throw new AppError('NOT_FOUND', { reason: 'application_not_found', parameter: 'applicationId' })
  return application
}

/** The columns of an application that may leave the server: all except its sealed secrets. */
export const applicationColumns = {
  id: applications.id,
  name: applications.name,
  callbackUrl: applications.callbackUrl,
  roomScope: applications.roomScope,
  defaultConnection: applications.defaultConnection,
  eventTypes: applications.eventTypes,
  disabledAt: applications.disabledAt,
  createdAt: applications.createdAt,
}

export type ApplicationView = Pick<typeof applications.$inferSelect, keyof typeof applicationColumns>
