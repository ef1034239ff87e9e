import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { AppError } from '@/lib/errors'
import { type ApplicationView, applicationColumns } from './application-view'

/** Finds an application. @throws NOT_FOUND when there is none. */
export async function getApplicationOrThrow(db: Db, options: { applicationId: string }): Promise<ApplicationView> {
  const [found] = await db
    .select(applicationColumns)
    .from(applications)
    .where(eq(applications.id, options.applicationId))
  if (!found) throw new AppError('NOT_FOUND', '应用不存在', { parameter: 'applicationId' })
  return found
}
