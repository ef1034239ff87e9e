import { and, asc, eq } from 'drizzle-orm'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import type { EndpointRef } from '@/lib/callback/delivery/lane'
import type { Db } from '@/lib/db/client'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { AppError } from '@/lib/errors'

/** The columns of an additional endpoint that may leave the server: all except its sealed secrets. */
const endpointColumns = {
  id: applicationEndpoints.id,
  applicationId: applicationEndpoints.applicationId,
  name: applicationEndpoints.name,
  url: applicationEndpoints.url,
  eventTypes: applicationEndpoints.eventTypes,
  roomScope: applicationEndpoints.roomScope,
  robotIds: applicationEndpoints.robotIds,
  roomIds: applicationEndpoints.roomIds,
  headerNames: applicationEndpoints.headerNames,
  createdAt: applicationEndpoints.createdAt,
}

export type EndpointRow = Pick<typeof applicationEndpoints.$inferSelect, keyof typeof endpointColumns>

/** An additional endpoint. `applicationId`: only of this application; undefined: of any, for operators. */
export type EndpointTarget = { endpointId: string; applicationId?: string | undefined }

/** Lists the additional endpoints of an application, oldest first. */
export async function listAdditionalEndpoints(
  db: Db,
  { applicationId }: { applicationId: string },
): Promise<EndpointRow[]> {
  return db
    .select(endpointColumns)
    .from(applicationEndpoints)
    .where(eq(applicationEndpoints.applicationId, applicationId))
    .orderBy(asc(applicationEndpoints.createdAt), asc(applicationEndpoints.id))
}

/** SQL: the row of a target. */
export function isTarget({ endpointId, applicationId }: EndpointTarget) {
  const { id, applicationId: owner } = applicationEndpoints
  return and(eq(id, endpointId), applicationId === undefined ? undefined : eq(owner, applicationId))
}

/** Returns an additional endpoint without its secrets. @throws NOT_FOUND */
export async function getAdditionalEndpointOrThrow(db: Db, target: EndpointTarget): Promise<EndpointRow> {
  const [endpoint] = await db.select(endpointColumns).from(applicationEndpoints).where(isTarget(target))
  if (!endpoint) throw endpointNotFound()
  return endpoint
}

/** Throws NOT_FOUND if the application has no such endpoint; the default one exists with the application. */
export async function requireEndpoint(db: Db, { applicationId, endpointId }: EndpointRef): Promise<void> {
  if (endpointId === null) await getApplicationOrThrow(db, { applicationId })
  else await getAdditionalEndpointOrThrow(db, { applicationId, endpointId })
}

export function endpointNotFound(): AppError {
  return new AppError('NOT_FOUND', { reason: 'endpoint_not_found', parameter: 'endpointId' })
}
