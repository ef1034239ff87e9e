import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { connectorColumns, type ConnectorRow } from '@/lib/connector/find-connector'
import type { Db } from '@/lib/db/client'
import { connectorApplications, connectors } from '@/lib/db/schema/connector'
import type { ConnectorType } from '@/lib/db/types'

export type ListedConnector = ConnectorRow & { robotCount: number; applicationIds: string[] }

const robotCount = sql<number>`(
  select count(*)::int from robots where robots.connector_id = "connectors"."id" and robots.deleted_at is null)`

const applicationIds = sql<string[]>`coalesce((
  select array_agg(application_id order by application_id) from connector_applications
   where connector_applications.connector_id = "connectors"."id"), '{}')`

/** Maximum connectors of an installation that are listed. */
const maxListed = 500

/** Lists the connectors of the installation, newest first, with their numbers of robots and the applications that may use them. */
export async function listConnectors(db: Db): Promise<ListedConnector[]> {
  return db
    .select({ ...connectorColumns, robotCount, applicationIds })
    .from(connectors)
    .orderBy(desc(connectors.createdAt), desc(connectors.id))
    .limit(maxListed)
}

export type LentConnector = { id: string; type: ConnectorType; name: string; isDefault: boolean }

/** Lists the connectors that an application may use, by name. */
export async function listLentConnectors(
  db: Db,
  { applicationId }: { applicationId: string },
): Promise<LentConnector[]> {
  return db
    .select({
      id: connectors.id,
      type: connectors.type,
      name: connectors.name,
      isDefault: connectorApplications.isDefault,
    })
    .from(connectors)
    .innerJoin(
      connectorApplications,
      and(eq(connectorApplications.connectorId, connectors.id), eq(connectorApplications.applicationId, applicationId)),
    )
    .orderBy(asc(connectors.name))
    .limit(maxListed)
}
