import { getApplicationOrThrow } from '@/lib/application/get-application'
import { updateApplication } from '@/lib/application/update-application'
import { recordChange } from '@/lib/audit/record-audit'
import { getDefaultConnector, setDefaultConnector } from '@/lib/connector/lend-connector'
import type { Tx } from '@/lib/db/client'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { applicationChange } from '@/lib/dashboard/application/form'
import { readApplication } from '@/lib/dashboard/application/detail'
import { refuseForbiddenUrl } from '@/lib/dashboard/application/refuse-forbidden-url'

async function readChangeable(tx: Tx, applicationId: string) {
  const application = await getApplicationOrThrow(tx, { applicationId })
  const { name, callbackUrl, roomScope, eventTypes, disabledAt, defaultConnection } = application
  const defaultConnectorId = await getDefaultConnector(tx, { applicationId })
  const isDisabled = disabledAt !== null
  return { name, callbackUrl, roomScope, eventTypes, isDisabled, defaultConnection, defaultConnectorId }
}

export const GET = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, ids }) => readApplication(ctx, ids.applicationId))

export const PATCH = dashboardRoute(
  { ids: ['applicationId'], body: applicationChange },
  async ({ ctx, ids: { applicationId }, who, body: { defaultConnectorId: connectorId, ...body } }) => {
    await refuseForbiddenUrl(ctx, body.callbackUrl)
    return ctx.db.transaction(async (tx) => {
      const before = await readChangeable(tx, applicationId)
      await updateApplication(tx, { applicationId, ...body })
      if (connectorId !== undefined) await setDefaultConnector(tx, { applicationId, connectorId })
      const after = await readChangeable(tx, applicationId)
      await recordChange(tx, { ...who, action: 'application.update', targetId: applicationId, before, after })
    })
  },
)
